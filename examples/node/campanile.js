// The API as a Node client sees it: made at run time from the protos, which come out of the API jar
// (`unzip -d protos campanile-api.jar '*.proto'`) and need nothing else.
import { once } from 'node:events';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const DETAILS = {
  'google.rpc.ErrorInfo': 'info',
  'google.rpc.BadRequest': 'badRequest',
  'google.rpc.RetryInfo': 'retryInfo',
};

const ATTEMPTS = 5;

/** What the same request, with the same request id, may succeed after. */
const isWorthRepeating = ({ code }) => ['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED'].includes(code);

/** How long to wait after so many attempts: what the server asks for, at least 100 ms doubled each time. */
const delay = ({ retryInfo }, attempts) => {
  const asked = Number(retryInfo?.retryDelay?.seconds ?? 0) * 1000 + Number(retryInfo?.retryDelay?.nanos ?? 0) / 1e6;
  return Math.max(asked, 50 * 2 ** attempts);
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Talks to one server with one API key about triggers. */
export class TriggerClient {
  #client;
  #definition;
  #metadata = new grpc.Metadata();

  constructor(protos, address, key) {
    this.#definition = protoLoader.loadSync(
      ['campanile/v1/trigger_service.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
      { includeDirs: [protos], longs: String, enums: String, oneofs: true },
    );
    const { campanile } = grpc.loadPackageDefinition(this.#definition);
    // grpc.credentials.createSsl() where the server has a certificate.
    this.#client = new campanile.v1.TriggerService(address, grpc.credentials.createInsecure());
    this.#metadata.set('authorization', `Bearer ${key}`);
  }

  /**
   * Triggers, and repeats with the same request id for as long as that may help: the server tells a
   * repetition from a new request.
   */
  async trigger(request) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#call(request);
      } catch (error) {
        if (attempt === ATTEMPTS || !isWorthRepeating(error)) throw error;
        await sleep(delay(error, attempt));
      }
    }
  }

  #call(request) {
    const deadline = new Date(Date.now() + 20_000);
    return new Promise((resolve, reject) => {
      this.#client.triggerCampaign(request, this.#metadata, { deadline }, (error, response) =>
        error ? reject(this.#explain(error)) : resolve(response),
      );
    });
  }

  /**
   * Triggers many times over one stream; returns the answers, which come in any order. What has no
   * answer when a stream ends, as it does when its node stops, goes into another one, and so does
   * what the server had no room for. The request ids stay the same, so nothing is sent twice. They
   * tell the requests apart: those of one campaign only.
   */
  async stream(requests) {
    const unanswered = new Map(requests.map((request) => [request.requestId, request]));
    const answers = [];
    // Why the server did not even read something; which, it does not say.
    let unread;
    const take = (answer) => {
      if (answer.error) answer.error = this.#explainStatus(answer.error);
      if (answer.error && isWorthRepeating(answer.error)) return;
      if (unanswered.delete(answer.requestId)) answers.push(answer);
      else if (answer.error && !answer.requestId) unread = answer.error;
    };
    for (let inVain = 0; unanswered.size > 0; ) {
      const before = unanswered.size;
      const ended = await this.#oneStream([...unanswered.values()], take);
      const error = unread ?? ended ?? { code: 'RESOURCE_EXHAUSTED' };
      inVain = unanswered.size < before ? 0 : inVain + 1;
      if (unanswered.size === 0) break;
      if (inVain === ATTEMPTS || !isWorthRepeating(error)) throw error;
      await sleep(delay(error, inVain + 1));
    }
    return answers;
  }

  /** Returns the error that the stream ended with, or nothing where it ended in good order. */
  #oneStream(requests, take) {
    return new Promise((resolve) => {
      const over = new AbortController();
      const end = (error) => {
        over.abort();
        resolve(error);
      };
      const stream = this.#client.streamTriggers(this.#metadata);
      stream.on('data', take);
      stream.on('error', (error) => end(this.#explain(error)));
      stream.on('end', () => end());
      this.#write(stream, requests, over.signal).catch(end);
    });
  }

  /** Stops writing while the server does not keep up, and when the stream is over. */
  async #write(stream, requests, signal) {
    for (const trigger of requests) {
      if (signal.aborted) return;
      if (!stream.write({ trigger })) await once(stream, 'drain', { signal });
    }
    stream.end();
  }

  close() {
    this.#client.close();
  }

  /** An error with the details the server sent: a reason, the fields at fault, when to try again. */
  #explain(error) {
    const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const { details = [] } = status ? this.#parse('google.rpc.Status', status) : {};
    return this.#error(error.details, error.code, details, error);
  }

  /** The same of one trigger of a stream. */
  #explainStatus({ message, code, details = [] }) {
    return this.#error(message, code, details);
  }

  #error(message, code, details, cause) {
    const explained = new Error(message, { cause });
    explained.code = grpc.status[code];
    // protobuf.js knows Any by itself, with the field names of the proto.
    for (const { type_url: typeUrl, value } of details) {
      const type = typeUrl.split('/').pop();
      if (type in DETAILS) explained[DETAILS[type]] = this.#parse(type, value);
    }
    return explained;
  }

  #parse(type, bytes) {
    return this.#definition[type].deserialize(bytes);
  }
}
