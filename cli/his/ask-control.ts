/** Asks the simulators' control desk. Throws its own sentence when it refuses. */
export async function askControl(port: number, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(() => {
    throw new Error(`Expected the simulators' control desk on port ${port}, but nothing answers there. Start the installation with "npm start".`);
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `Expected the control desk to answer, but it refused (${response.status})`);
  return answer;
}
