package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class TimeOrderedIdsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOON);
    private final InstantSource clock = time::get;
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new SecureRandom());

    @Test
    void areVersion7UuidsThatCarryTheTime() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)).isEqualTo(NOON);
    }

    @Test
    void stayInOrderWithinAMillisecondAndBeyondIt() {
        List<MessageId> given =
                Stream.generate(() -> new MessageId(ids.next())).limit(10_000).toList();

        assertThat(given).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void stayInOrderWhenTheClockIsSetBack() {
        MessageId before = new MessageId(ids.next());
        time.set(NOON.minusSeconds(60));

        assertThat(new MessageId(ids.next())).isGreaterThan(before);
    }

    @Test
    void areUniqueAcrossThreads() throws Exception {
        List<Callable<List<UUID>>> threads =
                IntStream.range(0, 8)
                        .<Callable<List<UUID>>>mapToObj(
                                _ -> () -> Stream.generate(ids::next).limit(5_000).toList())
                        .toList();

        List<UUID> all = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var given : executor.invokeAll(threads)) {
                all.addAll(given.get());
            }
        }

        assertThat(all).hasSize(40_000).doesNotHaveDuplicates();
    }
}
