// Triggers a campaign in every way there is:
//   CAMPANILE_API_KEY=cmp_... node trigger.js HOST:PORT CAMPAIGN PROTOS
// PROTOS is the folder with the protos of the API jar; the campaign's content uses
// context.firstName and context.orderId.
import { randomUUID } from 'node:crypto';
import { TriggerClient } from './campanile.js';

const [address, campaign, protos] = process.argv.slice(2);
const key = process.env.CAMPANILE_API_KEY;
if (!protos || !key) {
  console.error('usage: CAMPANILE_API_KEY=cmp_... node trigger.js HOST:PORT CAMPAIGN PROTOS');
  process.exit(2);
}

const request = (...recipients) => ({
  campaign,
  // Better: something that is yours and unique, such as the order's number.
  requestId: `example-${randomUUID()}`,
  recipients,
});

const recipient = (email, context) => ({
  identity: { namespace: 'email', value: email },
  contextJson: JSON.stringify(context),
});

const describe = ({ result, accepted, excluded, rejected }) => {
  if (result === 'accepted') {
    // The state is there after waiting only.
    return accepted.state ? `accepted, now ${accepted.state}` : `accepted as ${accepted.message}`;
  }
  if (result === 'excluded') return `excluded for ${excluded.reason}`;
  if (result === 'rejected') {
    const [{ field, description }] = rejected.fieldViolations;
    return `rejected for ${field}: ${description}`;
  }
  return 'not accepted'; // newer servers may know more kinds
};

const explain = ({ code, info, badRequest }) =>
  [
    `${code} ${info?.reason}`,
    ...(badRequest?.fieldViolations ?? []).map((violation) => `${violation.field}: ${violation.description}`),
  ].join(', ');

const client = new TriggerClient(protos, address, key);

// One bad recipient does not spoil the others, and the same request id never sends twice.
const order = request(
  recipient('ada@example.com', { firstName: 'Ada', orderId: 'A-1' }),
  recipient('grace@example.com', { firstName: 'Grace' }),
);
const first = await client.trigger(order);
console.log(`triggered ${first.execution}`);
first.results.forEach((result) => console.log(`  ${describe(result)}`));
const again = await client.trigger(order);
console.log(`repeated: duplicate=${again.duplicate}, same execution=${again.execution === first.execution}`);

const waited = await client.trigger({
  ...request(recipient('ada@example.com', { firstName: 'Ada', orderId: 'A-2' })),
  waitFor: 'WAIT_FOR_HANDED_OVER',
});
console.log(`waited: ${describe(waited.results[0])}`);

const complete = recipient('ada@example.com', { firstName: 'Ada', orderId: 'A-3' });
await client
  .trigger({ ...request(complete), campaign: `${campaign}-unknown` })
  .catch((error) => console.log(`unknown campaign: ${explain(error)}`));
await client
  .trigger(request(recipient('ada@example.com', {})))
  .catch((error) => console.log(`empty context: ${explain(error)}`));

// Many triggers without waiting for each answer; an error on one does not end the stream.
const readers = Array.from({ length: 50 }, (_, i) =>
  request(recipient(`reader${i}@example.com`, { firstName: 'Ada', orderId: `S-${i}` })),
);
const answers = await client.stream([...readers, request(recipient('ada@example.com', {}))]);
const refused = answers.filter(({ error }) => error);
console.log(`streamed: ${answers.length - refused.length} accepted, ${refused.length} refused`);
refused.forEach(({ error }) => console.log(`  refused: ${explain(error)}`));
client.close();
