import { Navigate } from 'react-router-dom';

/** There is no home page: the work is on the pages of components. */
export function Home() {
  return <Navigate to="/catalog" replace />;
}
