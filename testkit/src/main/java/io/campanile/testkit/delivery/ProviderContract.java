package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// What every [Provider] must do. Extended by the fake's test and by each real provider's.
public abstract class ProviderContract {
    /// A provider with that many slots, in order and answering everything with yes.
    protected abstract Provider provider(int slots);

    /// The other side refuses this address from now on.
    protected abstract void refuse(EmailAddress address);

    /// The other side is busy for this address from now on.
    protected abstract void beBusyFor(EmailAddress address);

    /// The ids of the messages that arrived on the other side.
    protected abstract List<MessageId> arrived();

    /// Says that a mail is wanted, however long it waits.
    public static final BooleanSupplier WANTED = () -> true;

    /// A mail to an address, everything about it made up.
    public static OutgoingEmail email(String to) {
        return new OutgoingEmail(
                new MessageId(UUID.randomUUID()),
                Category.TRANSACTIONAL,
                new EmailAddress(to),
                new RenderedEmail("Hello", "<p>Hello</p>", "Hello", ""),
                Instant.MAX,
                "",
                new CampaignName(WorkspaceId.DEFAULT, "hello"));
    }

    @Test
    void handsOverWhatItIsGiven() {
        try (Provider provider = provider(1)) {
            OutgoingEmail email = email("ann@example.com");

            assertThat(provider.acquire(1)).isEqualTo(1);
            assertThat(provider.handOver(email, WANTED)).isInstanceOf(AttemptOutcome.Taken.class);
            provider.release(1);
            assertThat(arrived()).containsExactly(email.id());
        }
    }

    @Test
    void saysWhatTheProviderRefuses() {
        refuse(new EmailAddress("gone@example.com"));
        try (Provider provider = provider(1)) {
            assertThat(provider.handOver(email("gone@example.com"), WANTED))
                    .isInstanceOfSatisfying(
                            AttemptOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
            assertThat(arrived()).isEmpty();
        }
    }

    @Test
    void saysThatTheProviderIsBusy() {
        beBusyFor(new EmailAddress("later@example.com"));
        try (Provider provider = provider(1)) {
            assertThat(provider.handOver(email("later@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Busy.class);
            assertThat(arrived()).isEmpty();
        }
    }

    @Test
    void doesNotShowTheProviderWhatNobodyWantsAnyMore() {
        try (Provider provider = provider(1)) {
            assertThat(provider.handOver(email("ann@example.com"), () -> false))
                    .isEqualTo(new AttemptOutcome.NotBegun());
            assertThat(arrived()).isEmpty();
        }
    }

    @Test
    void givesNoMorePermitsThanItHasSlots() {
        try (Provider provider = provider(3)) {
            assertThat(provider.acquire(2)).isEqualTo(2);
            assertThat(provider.acquire(5)).isEqualTo(1);
            assertThat(provider.acquire(1)).isZero();
            assertThat(provider.retryIn()).isZero();
            provider.release(2);
            assertThat(provider.acquire(5)).isEqualTo(2);
            provider.release(3);
        }
    }

    @Test
    void showsHowManySlotsAreTaken() {
        try (Provider provider = provider(4)) {
            provider.acquire(3);

            ProviderStatus status = provider.status();

            assertThat(status.slotsTaken()).isEqualTo(3);
            assertThat(status.slots()).isEqualTo(4);
            assertThat(status.breaker()).isEqualTo(ProviderStatus.Breaker.CLOSED);
            provider.release(3);
        }
    }

    @Test
    void neverExceedsItsSlotsUnderManyHands() throws Exception {
        var inside = new AtomicInteger();
        try (Provider provider = provider(4);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var most = new ArrayList<Integer>();
            List<Callable<Integer>> hands =
                    IntStream.range(0, 32)
                            .<Callable<Integer>>mapToObj(_ -> () -> handOverSome(provider, inside))
                            .toList();
            for (var hand : executor.invokeAll(hands)) {
                most.add(hand.get());
            }

            assertThat(most).allMatch(seen -> seen <= 4);
            assertThat(provider.status().slotsTaken()).isZero();
        }
        assertThat(arrived()).isNotEmpty().doesNotHaveDuplicates();
    }

    private static int handOverSome(Provider provider, AtomicInteger inside) {
        int most = 0;
        for (int round = 0; round < 20; round++) {
            if (provider.acquire(1) == 1) {
                most = Math.max(most, inside.incrementAndGet());
                provider.handOver(email("ann@example.com"), WANTED);
                inside.decrementAndGet();
                provider.release(1);
            }
        }
        return most;
    }

    @Test
    void givesNothingAndKeepsNoConnectionOnceItIsRetired() {
        try (Provider provider = provider(2)) {
            provider.handOver(email("ann@example.com"), WANTED);
            provider.acquire(1);

            provider.retire();

            assertThat(provider.status().connections()).isZero();
            assertThat(provider.acquire(1)).isZero();
            provider.release(1);
        }
    }

    @Test
    void givesNothingOnceItIsClosed() {
        Provider provider = provider(1);

        provider.close();

        assertThat(provider.acquire(1)).isZero();
    }
}
