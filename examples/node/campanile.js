// The API as a Node client sees it: made at run time from the protos, which come out of the API jar
// (`unzip -d protos campanile-api.jar '*.proto'`) and need nothing else.
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const DETAILS = {
  'google.rpc.ErrorInfo': 'info',
  'google.rpc.BadRequest': 'badRequest',
  'google.rpc.RetryInfo': 'retryInfo',
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
        const worthRepeating = ['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED'];
        if (attempt === 5 || !worthRepeating.includes(error.code)) throw error;
        const delay = error.retryInfo?.retryDelay;
        const asked = Number(delay?.seconds ?? 0) * 1000 + Number(delay?.nanos ?? 0) / 1e6;
        await sleep(Math.max(asked, 50 * 2 ** attempt));
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

  /** Triggers many times over one stream; returns the answers, which come in any order. */
  stream(requests) {
    return new Promise((resolve, reject) => {
      const answers = [];
      const stream = this.#client.streamTriggers(this.#metadata);
      stream.on('data', (answer) => answers.push(answer));
      stream.on('error', (error) => reject(this.#explain(error)));
      stream.on('end', () => resolve(answers));
      this.#write(stream, requests).catch(reject);
    });
  }

  /** Stops writing while the server does not keep up. */
  async #write(stream, requests) {
    for (const trigger of requests) {
      if (!stream.write({ trigger })) await new Promise((resume) => stream.once('drain', resume));
    }
    stream.end();
  }

  close() {
    this.#client.close();
  }

  /** An error with the details the server sent: a reason, the fields at fault, when to try again. */
  #explain(error) {
    const explained = new Error(error.details, { cause: error });
    explained.code = grpc.status[error.code];
    const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
    if (status) {
      // protobuf.js knows Any by itself, with the field names of the proto.
      for (const { type_url: typeUrl, value } of this.#parse('google.rpc.Status', status).details) {
        const type = typeUrl.split('/').pop();
        if (type in DETAILS) explained[DETAILS[type]] = this.#parse(type, value);
      }
    }
    return explained;
  }

  #parse(type, bytes) {
    return this.#definition[type].deserialize(bytes);
  }
}
