import { act, fireEvent, render, screen } from '@testing-library/react';
import { GuardedButton } from './GuardedButton';

describe('GuardedButton', () => {
  it('keeps its element and the focus when it becomes allowed', () => {
    const pressed = jest.fn();
    const button = (deniedReason?: string) => (
      <GuardedButton onClick={pressed} deniedReason={deniedReason}>
        Deploy
      </GuardedButton>
    );
    const { rerender } = render(button('Only owners may deploy'));
    const before = screen.getByRole('button', { name: 'Deploy' });
    act(() => before.focus());
    fireEvent.click(before);
    expect(pressed).not.toHaveBeenCalled();
    expect(before).toHaveAttribute('aria-disabled', 'true');
    expect(before).toHaveAttribute(
      'aria-description',
      'Only owners may deploy',
    );

    rerender(button());
    const after = screen.getByRole('button', { name: 'Deploy' });
    expect(after).toBe(before);
    expect(after).toHaveFocus();
    expect(after).not.toHaveAttribute('aria-disabled');
    expect(after).not.toHaveAttribute('title');
    fireEvent.click(after);
    expect(pressed).toHaveBeenCalledTimes(1);
  });
});
