import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { ImageNews } from './ImageNews';

const web = { registryId: 'local', repository: 'shop/web' };
const api = { registryId: 'local', repository: 'shop/api' };

describe.each(eachDatabase())('ImageNews, $name', database => {
  let knex: Knex;
  let news: ImageNews;

  beforeAll(async () => {
    knex = await database.create();
    news = ImageNews.create({ knex });
  });

  it('counts what was told of each repository', async () => {
    expect(await news.count(web)).toBe(0);
    await news.add(web);
    await news.add(web);
    await news.add(api);
    expect([await news.count(web), await news.count(api)]).toEqual([2, 1]);
  });

  it('tells nothing while somebody decides', async () => {
    await news.count(web);
    const order: string[] = [];
    let adding: Promise<unknown> | undefined;
    await knex.transaction(async trx => {
      const before = await news.countDeciding(trx, web);
      adding = news.add(web).then(() => order.push('told'));
      for (let query = 0; query < 20; query++) {
        expect(await news.countDeciding(trx, web)).toBe(before);
      }
      order.push('decided');
    });
    await adding;
    expect(order).toEqual(['decided', 'told']);
  });
});
