package io.campanile.persistence.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.store.StoreUnavailable;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

class InHalvesTest {
    private final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();

    @Test
    void readsFewAtOnce() {
        assertThat(InHalves.read(numbers(255), this::negated)).hasSize(255);
        assertThat(sizes).containsExactly(255);
    }

    @Test
    void readsManyInTwoHalvesAndKeepsTheirOrder() {
        List<Integer> many = numbers(301);

        assertThat(InHalves.read(many, this::negated))
                .containsExactlyElementsOf(many.stream().map(number -> -number).toList());
        assertThat(sizes).containsExactlyInAnyOrder(150, 151);
    }

    @Test
    void failsAsEitherHalfDoes() {
        for (int failing : List.of(0, 300)) {
            var away = new StoreUnavailable("away", new IllegalStateException());

            assertThatThrownBy(() ->
                            InHalves.read(
                                    numbers(301),
                                    half -> {
                                        if (half.contains(failing)) {
                                            throw away;
                                        }
                                        return half;
                                    }))
                    .isSameAs(away);
        }
    }

    private List<Integer> negated(List<Integer> numbers) {
        sizes.add(numbers.size());
        return numbers.stream().map(number -> -number).toList();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
