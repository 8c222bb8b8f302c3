package io.campanile.testkit.content;

import io.campanile.application.content.port.PayloadCodec;

class InMemoryPayloadCodecTest extends PayloadCodecContract {
    private final PayloadCodec codec = new InMemoryPayloadCodec();

    @Override
    protected PayloadCodec codec() {
        return codec;
    }
}
