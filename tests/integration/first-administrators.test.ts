import pg from 'pg';
import { createFirstAdministrators } from '../../gateway/people/index.ts';
import { startPeopleOffice, type PeopleOffice } from '../support/people-office.ts';

let office: PeopleOffice;
beforeAll(async () => {
  office = await startPeopleOffice();
}, 300_000);
afterAll(() => office?.close());

describe('the first administrators', () => {
  it('are nobody where there are administrators', async () => {
    expect(await createFirstAdministrators(office.gateway)).toEqual([]);
  });

  it('are made from nothing with links, once', async () => {
    const owner = new pg.Client({ connectionString: office.server.ownerUrl });
    await owner.connect();
    await owner.query(`delete from role_assignment; delete from "user"`);
    await owner.end();

    const made = await createFirstAdministrators(office.gateway);
    const again = await createFirstAdministrators(office.gateway);

    expect(made.map(({ role, username }) => [role, username])).toEqual([['system-administrator', 'system-administrator'], ['security-administrator', 'security-administrator']]);
    const password = 'long enough for anybody';
    const set = (token = '') => fetch(`${office.gateway.url}/api/recovery/password`, { method: 'POST', body: JSON.stringify({ token, password }) });
    expect((await set(made[0]?.token)).status).toBe(404);
    expect((await set(again[0]?.token)).status).toBe(200);
    const as = await office.cookieOf({ username: 'system-administrator', password });
    expect((await office.viewerOf(as)).data.viewer.roles).toEqual(['system-administrator']);
    expect((await createFirstAdministrators(office.gateway)).map(({ role }) => role)).toEqual(['security-administrator']);
  });
});
