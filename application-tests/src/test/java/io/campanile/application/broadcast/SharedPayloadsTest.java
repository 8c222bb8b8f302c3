package io.campanile.application.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.domain.message.ExecutionId;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class SharedPayloadsTest {
    private static final int THIRD = SharedPayloads.MOST_BYTES / 3;

    private final List<ExecutionId> read = new ArrayList<>();
    private int bytes = THIRD;
    private final SharedPayloads payloads =
            new SharedPayloads(
                    (Broadcasts)
                            Proxy.newProxyInstance(
                                    Broadcasts.class.getClassLoader(),
                                    new Class<?>[] {Broadcasts.class},
                                    (_, method, arguments) -> {
                                        assertThat(method.getName()).isEqualTo("payload");
                                        read.add((ExecutionId) arguments[0]);
                                        return Optional.of(new byte[bytes]);
                                    }),
                    new PayloadCodec() {
                        @Override
                        public Encoded encode(Payload payload) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public Payload decode(byte[] stored) {
                            return new Payload(Map.of(), Map.of());
                        }
                    });

    @Test
    void keepsThoseMostLatelyUsedUpToSoManyBytes() {
        List<ExecutionId> three = broadcasts(3);
        ExecutionId first = three.getFirst();
        payloads.of(first);
        payloads.of(three.get(1));
        payloads.of(first);
        assertThat(read).containsExactly(first, three.get(1));

        payloads.of(three.getLast());
        payloads.of(first);
        assertThat(read).hasSize(3);
        payloads.of(three.get(1));
        assertThat(read).hasSize(4);
    }

    @Test
    void keepsOneHoweverLargeItIs() {
        bytes = 2 * SharedPayloads.MOST_BYTES;
        ExecutionId large = broadcasts(1).getFirst();

        payloads.of(large);
        payloads.of(large);

        assertThat(read).containsExactly(large);
    }

    @Test
    void keepsManySmallOnes() {
        bytes = 1_000;
        List<ExecutionId> many = broadcasts(1_000);

        many.forEach(payloads::of);
        many.forEach(payloads::of);

        assertThat(read).hasSize(1_000);
    }

    private static List<ExecutionId> broadcasts(int count) {
        var all = new ArrayList<ExecutionId>();
        for (int i = 0; i < count; i++) {
            all.add(new ExecutionId(UUID.randomUUID()));
        }
        return all;
    }
}
