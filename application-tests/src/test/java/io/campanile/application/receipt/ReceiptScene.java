package io.campanile.application.receipt;

import static io.campanile.application.delivery.NodeUnderTest.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DeliveryWorld;
import io.campanile.application.delivery.NodeUnderTest;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;

import org.junit.jupiter.api.AfterEach;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A node whose messages are reported on: nearly all go to one address.
abstract class ReceiptScene {
    protected static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final BouncedAddress BOUNCED = BouncedAddress.of(WorkspaceId.DEFAULT, ADA);

    protected final DeliveryWorld world =
            new DeliveryWorld(
                    Category.TRANSACTIONAL, ChannelConfigurationBuilder::bypassingComplaints);
    protected final NodeUnderTest node = new NodeUnderTest(world).start();
    protected final RecordReceipts receipts =
            new RecordReceipts(
                    world.store.receipts(),
                    new SuppressBounced(
                            world.bounces, world.suppressions, new BounceRule(5), UUID::randomUUID),
                    world.transactions,
                    world.clock);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    protected List<ReceiptResult> report(Receipt... reported) {
        return receipts.record(WorkspaceId.DEFAULT, List.of(reported), false);
    }

    protected Receipt delivered(MessageId message, String id) {
        return new Receipt(message, id, ReceiptKind.DELIVERED, "", "", world.clock.instant());
    }

    protected Receipt complained(MessageId message, String id) {
        return new Receipt(message, id, ReceiptKind.COMPLAINED, "", "", world.clock.instant());
    }

    protected Receipt bounced(MessageId message, String id, String status) {
        return new Receipt(message, id, ReceiptKind.BOUNCED, status, "who?", world.clock.instant());
    }

    protected static Receipt at(Receipt receipt, Instant time) {
        return new Receipt(
                receipt.message(),
                receipt.id(),
                receipt.kind(),
                receipt.enhancedCode(),
                receipt.diagnostic(),
                time);
    }

    protected Optional<Suppression> entry() {
        return world.suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(ADA));
    }

    protected int count() {
        return Stream.of(world.bounces.lock(List.of(BOUNCED)))
                .flatMap(counts -> counts.values().stream())
                .mapToInt(BounceCount::bounces)
                .sum();
    }

    protected MessageId sent() {
        MessageId message = settled();
        assertThat(view(message).state()).isEqualTo(Kind.SENT);
        return message;
    }

    protected MessageId settled() {
        MessageId message = triggered();
        await().until(() -> !view(message).state().isOpen());
        return message;
    }

    protected MessageId triggered() {
        return triggered("ada");
    }

    protected MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(
                node.trigger(node.command(UUID.randomUUID().toString(), person)));
    }

    protected MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
