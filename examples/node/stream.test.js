// What the client promises of streams, against a server that fails: node --test, with the folder of
// the protos in PROTOS (`.ci/examples` runs it).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { TriggerClient } from './campanile.js';

const protos = process.env.PROTOS;
const { campanile } = grpc.loadPackageDefinition(
  protoLoader.loadSync('campanile/v1/trigger_service.proto', { includeDirs: [protos] }),
);
const requests = ['r0', 'r1', 'r2', 'r3'].map((requestId) => ({ requestId }));

/**
 * Answers one item of the first stream, asks to come again with the next, and ends with the code at
 * the third; answers all of the others.
 */
async function withFaultyServer(code, use) {
  const streams = [];
  const streamTriggers = (call) => {
    const first = streams.length === 0;
    const seen = [];
    streams.push(seen);
    call.on('data', ({ trigger: { requestId } }) => {
      seen.push(requestId);
      if (!first || seen.length === 1) call.write({ requestId, response: {} });
      else if (seen.length === 2) call.write({ requestId, error: { code: grpc.status.UNAVAILABLE } });
      else if (seen.length === 3) call.emit('error', { code, details: 'the node stops' });
    });
    call.on('end', () => first || call.end());
  };
  const server = new grpc.Server();
  server.addService(campanile.v1.TriggerService.service, { streamTriggers });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const client = new TriggerClient(protos, `127.0.0.1:${port}`, 'cmp_test');
  try {
    await use(client, streams);
  } finally {
    client.close();
    server.forceShutdown();
  }
}

test('what has no answer when a stream ends is sent once more', () =>
  withFaultyServer(grpc.status.UNAVAILABLE, async (client, streams) => {
    const answers = await client.stream(requests);

    assert.equal(streams.length, 2);
    assert.deepEqual(streams[1], ['r1', 'r2', 'r3']);
    assert.deepEqual(answers.map(({ requestId }) => requestId).sort(), ['r0', 'r1', 'r2', 'r3']);
    assert.ok(answers.every(({ result }) => result === 'response'));
  }));

test('an end that another stream does not help against is thrown', () =>
  withFaultyServer(grpc.status.UNAUTHENTICATED, async (client, streams) => {
    await assert.rejects(client.stream(requests), { code: 'UNAUTHENTICATED' });

    assert.equal(streams.length, 1);
  }));
