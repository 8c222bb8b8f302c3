package io.campanile.application.receipt;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.receipt.ReceiptResult.Rejected;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptRefusal;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// Whom receipts suppress, and for how long.
class SuppressedByReceiptsTest extends ReceiptScene {
    @Test
    void anAddressThatDoesNotExistIsWrittenToNoMore() {
        MessageId message = sent();
        var _ = report(bounced(message, "a", "5.1.1"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note())
                            .isEqualTo("workspaces/default/messages/" + message + ": 5.1.1");
                });
        assertThat(view(settled()).reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    @Test
    void softBouncesAddUpUntilMailArrives() {
        for (int day = 1; day <= 4; day++) {
            var _ = report(bounced(sent(), "a", "5.2.2"));
            assertThat(count()).isEqualTo(day);
            world.clock.advance(Duration.ofDays(1));
        }
        Receipt late = at(delivered(sent(), "a"), world.clock.instant().minus(Duration.ofDays(2)));
        assertThat(report(late)).containsExactly(new Rejected(ReceiptRefusal.TIME_WRONG));
        assertThat(count()).isEqualTo(4);

        var _ = report(delivered(sent(), "a"));
        assertThat(count()).isZero();

        world.clock.advance(Duration.ofDays(1));
        var _ = report(bounced(sent(), "a", "5.2.2"));
        assertThat(count()).isEqualTo(1);
        assertThat(entry()).isEmpty();
    }

    @Test
    void theFifthSoftBounceIsTooMany() {
        for (int day = 1; day <= 5; day++) {
            assertThat(entry()).isEmpty();
            var _ = report(bounced(sent(), "a", "4.2.2"));
            world.clock.advance(Duration.ofDays(1));
        }

        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.SOFT_BOUNCES);
        assertThat(count()).isZero();
    }

    @Test
    void blocksSayNothingOfTheAddress() {
        var _ = report(bounced(sent(), "a", "5.7.1"));

        assertThat(entry()).isEmpty();
        assertThat(count()).isZero();
    }

    @Test
    void whoComplainedIsSuppressedAndWhoBouncesAfterwardsForGood() {
        MessageId message = sent();
        var _ = report(complained(message, "a"));
        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.COMPLAINT);
        assertThat(view(message).state()).isEqualTo(Kind.DELIVERED);

        var _ = report(bounced(sent(), "a", "5.1.1"));
        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note()).endsWith("there was a complaint before");
                });
    }

    @Test
    void oneCallMayHaveBothOfOneAddress() {
        MessageId one = sent();
        MessageId other = sent();

        var _ = report(complained(one, "a"), bounced(other, "a", "5.1.1"), complained(one, "b"));

        assertThat(entry().map(Suppression::reason)).contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void aComplaintWeakensNoEntry() {
        MessageId message = sent();
        Suppression byHand = byHand(null);
        assertThat(enter(world.suppressions, byHand)).isTrue();

        var _ = report(complained(message, "a"));

        assertThat(entry()).contains(byHand);
    }

    @Test
    void aComplaintOutlastsAnEntryThatExpires() {
        MessageId message = sent();
        Suppression byHand = byHand(world.clock.instant().plusSeconds(60));
        assertThat(enter(world.suppressions, byHand)).isTrue();

        var _ = report(complained(message, "a"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.MANUAL);
                    assertThat(entry.expireTime()).isNull();
                });
    }

    @Test
    void aBounceOutlastsAnEntryThatExpires() {
        MessageId message = sent();
        Suppression byHand = byHand(world.clock.instant().plusSeconds(60));
        assertThat(enter(world.suppressions, byHand)).isTrue();

        var _ = report(bounced(message, "a", "5.1.1"));

        assertThat(entry())
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.expireTime()).isNull();
                });
    }

    private Suppression byHand(@Nullable Instant expireTime) {
        return aSuppression(ADA, world.clock.instant())
                .noting("asked by phone")
                .until(expireTime)
                .build();
    }
}
