package io.campanile.domain.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.domain.suppression.BounceRule.Verdict;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

class BounceRuleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final BounceRule RULE = new BounceRule(5);

    @ParameterizedTest
    @CsvSource({
        "RECIPIENT, ADDRESS_REFUSED, 550, 5.1.1, HARD",
        "RECIPIENT, ADDRESS_REFUSED, 550, 5.1.6, HARD",
        "RECIPIENT, ADDRESS_REFUSED, 556, 5.1.10, HARD",
        "CONTENT, ADDRESS_REFUSED, 550, 5.1.1, HARD",
        "SENDER, ADDRESS_REFUSED, 550, 5.1.1,",
        "RECIPIENT, MESSAGE_REFUSED, 552, 5.2.2, SOFT",
        "RECIPIENT, MESSAGE_REFUSED, 550, '', SOFT",
        "RECIPIENT, MESSAGE_REFUSED, 550, 5.1.2, SOFT",
        "RECIPIENT, MESSAGE_REFUSED, 550, 5.5.0, SOFT",
        "RECIPIENT, MESSAGE_REFUSED, 553, 5.1.8,",
        "RECIPIENT, MESSAGE_REFUSED, 553, 5.1.7,",
        "RECIPIENT, MESSAGE_REFUSED, 552, 5.3.4,",
        "RECIPIENT, MESSAGE_REFUSED, 550, 5.3.5,",
        "RECIPIENT, MESSAGE_REFUSED, 554, 5.4.6,",
        "RECIPIENT, MESSAGE_REFUSED, 550, 5.4.1,",
        "ADDRESS, MESSAGE_REFUSED, 550, 5.4.1, SOFT",
        "ADDRESS, POLICY_REFUSED, 550, 5.4.1,",
        "RECIPIENT, MESSAGE_REFUSED, 552, 5.2.3,",
        "RECIPIENT, MESSAGE_REFUSED, 503, 5.5.1,",
        "RECIPIENT, MESSAGE_REFUSED, 501, '',",
        "RECIPIENT, MESSAGE_REFUSED, 504, '',",
        "RECIPIENT, MESSAGE_REFUSED, 553, 5.6.7,",
        "RECIPIENT, POLICY_REFUSED, 550, 5.7.1,",
        "RECIPIENT, POLICY_REFUSED, 550, '',",
        "SENDER, MESSAGE_REFUSED, 550, '',",
        "SENDER, POLICY_REFUSED, 550, 5.7.1,",
        "CONTENT, MESSAGE_REFUSED, 552, 5.2.2,",
        "CONTENT, MESSAGE_REFUSED, 554, 5.6.0,",
        "CONTENT, POLICY_REFUSED, 550, 5.7.1,",
        "CONTENT, RENDERING_FAILED, 0, '',",
    })
    void refusalsSpeakAgainstAnAddressOnlyWhereTheyAreAboutIt(
            RefusedPart part, Reason reason, int code, String enhanced, @Nullable BounceKind kind) {
        var outcome = new AttemptOutcome.Refused(reason, new ProviderReply(code, enhanced), part);

        assertThat(BounceKind.of(outcome)).isEqualTo(Optional.ofNullable(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS_BUSY, 452, 4.2.2",
        "ADDRESS_BUSY, 451, ''",
        "PROVIDER_BUSY, 451, 4.3.0",
        "PROVIDER_THROTTLED, 421, ''",
        "PROVIDER_UNREACHABLE, 0, ''",
        "PROVIDER_MISCONFIGURED, 535, 5.7.8",
    })
    void delaysAreNoBounces(Reason reason, int code, String enhanced) {
        var reply = new ProviderReply(code, enhanced);

        assertThat(BounceKind.of(new AttemptOutcome.Busy(reason, reply, null))).isEmpty();
    }

    @Test
    void neitherATakenMessageNorOneInDoubtIsABounce() {
        assertThat(BounceKind.of(new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"))))
                .isEmpty();
        assertThat(BounceKind.of(new AttemptOutcome.Ambiguous(ProviderReply.NONE))).isEmpty();
    }

    @Test
    void aHardBounceSuppressesAtOnce() {
        assertThat(RULE.after(bounce(BounceKind.HARD, NOON), null))
                .isEqualTo(new Verdict.Suppress(SuppressionReason.HARD_BOUNCE));
    }

    @ParameterizedTest(name = "{0} before, the last {1} ago")
    @CsvSource({
        "1, PT0S, 1, PT0S",
        "1, PT23H59M59S, 1, PT23H59M59S",
        "1, PT24H, 2, PT0S",
        "3, P179D, 4, PT0S",
        "4, PT23H, 4, PT23H",
        "4, P180D, 1, PT0S",
    })
    void softBouncesCountWhenTheyAreADayApartAndNotForgotten(
            int before, Duration ago, int after, Duration lastAgo) {
        var count = new BounceCount(before, NOON.minus(ago));

        assertThat(RULE.after(bounce(BounceKind.SOFT, NOON), count))
                .isEqualTo(new Verdict.Count(new BounceCount(after, NOON.minus(lastAgo))));
    }

    @Test
    void theFifthSoftBounceSuppresses() {
        BounceCount count = null;
        for (int day = 0; day < 4; day++) {
            Verdict verdict = RULE.after(bounce(BounceKind.SOFT, NOON.plus(days(day))), count);
            assertThat(verdict).isInstanceOf(Verdict.Count.class);
            count = ((Verdict.Count) verdict).count();
        }

        assertThat(RULE.after(bounce(BounceKind.SOFT, NOON.plus(days(4))), count))
                .isEqualTo(new Verdict.Suppress(SuppressionReason.SOFT_BOUNCES));
    }

    @Test
    void mailThatArrivesLaterLetsItBeCountedAnew() {
        var count = new BounceCount(3, NOON);

        assertThat(count.isResetBy(NOON.plusNanos(1_000))).isTrue();
        assertThat(count.isResetBy(NOON)).isFalse();
        assertThat(count.isResetBy(NOON.minus(DAY))).isFalse();
    }

    @Test
    void whereOneSoftBounceIsTooManyTheFirstSuppresses() {
        assertThat(new BounceRule(1).after(bounce(BounceKind.SOFT, NOON), null))
                .isEqualTo(new Verdict.Suppress(SuppressionReason.SOFT_BOUNCES));
    }

    @Test
    void theEntryNamesTheMessageAndTheReply() {
        Bounce bounce = bounce(BounceKind.HARD, NOON);
        var id = new SuppressionId(new UUID(7, 8));

        assertThat(bounce.suppression(id, SuppressionReason.HARD_BOUNCE))
                .isEqualTo(
                        new Suppression(
                                id,
                                WorkspaceId.DEFAULT,
                                SuppressionTarget.of(new EmailAddress("ada@example.com")),
                                SuppressionReason.HARD_BOUNCE,
                                "workspaces/default/messages/00000000-0000-0001-0000-000000000002:"
                                        + " 550 5.1.1",
                                NOON,
                                null));
        assertThat(bounce.toString()).doesNotContain("ada@");
    }

    private static Duration days(int days) {
        return DAY.multipliedBy(days);
    }

    private static Bounce bounce(BounceKind kind, Instant time) {
        return new Bounce(
                BouncedAddress.of(WorkspaceId.DEFAULT, new EmailAddress("Ada@Example.com")),
                kind,
                new MessageId(new UUID(1, 2)),
                new ProviderReply(550, "5.1.1"),
                time);
    }
}
