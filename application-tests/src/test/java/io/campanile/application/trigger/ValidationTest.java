package io.campanile.application.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.domain.channel.Category;
import io.campanile.testkit.content.InMemoryContentCompiler;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// What a call costs that only asks what would become of a trigger.
class ValidationTest {
    private static final int RECIPIENTS = 5;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    /// Of each mail that was rendered.
    private final List<Thread> renderers = new CopyOnWriteArrayList<>();

    private Runnable atEachMail = () -> {};

    private NodeUnderTest node() {
        var compiler = new InMemoryContentCompiler();
        world.compiler =
                content -> {
                    CompiledContent compiled = compiler.compile(content);
                    return roots -> {
                        renderers.add(Thread.currentThread());
                        atEachMail.run();
                        return compiled.render(roots);
                    };
                };
        return new NodeUnderTest(world);
    }

    private TriggerCommand question(@Nullable Instant deadline, BooleanSupplier callerIsGone) {
        return new TriggerCommand(
                new TriggerEnvelope(world.campaign.name(), "q", Map.of(), null, null),
                IntStream.range(0, RECIPIENTS)
                        .mapToObj(i -> NodeUnderTest.recipient("p" + i, Map.of()))
                        .map(each -> new TriggerCommand.Entry(each, List.of(), ""))
                        .toList(),
                TriggerCommand.WaitFor.ACCEPTED,
                true,
                new CallerPatience(deadline, callerIsGone));
    }

    @Test
    void rendersNoFurtherMailOnceTheCallerIsGone() {
        try (var node = node()) {
            TriggerResult result = node.trigger(question(null, () -> renderers.size() == 2));

            assertThat(result).isEqualTo(new TriggerResult.DeadlinePassed());
            assertThat(renderers).hasSize(2);
        }
    }

    @Test
    void looksAtNothingForACallerWhoIsGone() {
        try (var node = node()) {
            int encoded = world.codec.encoded();

            TriggerResult result = node.trigger(question(null, () -> true));

            assertThat(result).isEqualTo(new TriggerResult.DeadlinePassed());
            assertThat(world.codec.encoded()).isEqualTo(encoded);
        }
    }

    @Test
    void rendersNoFurtherMailOnceTheDeadlineHasPassed() {
        atEachMail = () -> world.clock.advance(Duration.ofSeconds(1));
        try (var node = node()) {
            Instant deadline = world.clock.instant().plusSeconds(2);

            TriggerResult result = node.trigger(question(deadline, () -> false));

            assertThat(result).isEqualTo(new TriggerResult.DeadlinePassed());
            assertThat(renderers).hasSize(2);
        }
    }

    /// On those everything waits that waits for others: whoever computes keeps them from going on.
    @Test
    void rendersOnNoVirtualThread() {
        try (var node = node();
                var lookingUp = Executors.newVirtualThreadPerTaskExecutor();
                var validating = Executors.newSingleThreadExecutor()) {
            node.blocking = lookingUp;
            node.validating = validating;

            TriggerResult result = node.trigger(question(null, () -> false));

            assertThat(result).isInstanceOf(TriggerResult.Validated.class);
            assertThat(renderers).hasSize(RECIPIENTS).noneMatch(Thread::isVirtual);
        }
    }
}
