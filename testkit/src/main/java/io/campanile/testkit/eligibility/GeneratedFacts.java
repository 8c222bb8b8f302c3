package io.campanile.testkit.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Facts of every kind, as exact as stores keep them, for properties that hold for all of them.
public final class GeneratedFacts {
    private final RandomGenerator random;
    private final Instant around;

    /// @param around the times of the facts lie within a minute of it
    public GeneratedFacts(RandomGenerator random, Instant around) {
        this.random = random;
        this.around = around.truncatedTo(ChronoUnit.MICROS);
    }

    public Facts next() {
        var occasion =
                new Occasion(
                        WorkspaceId.DEFAULT,
                        Channel.EMAIL,
                        oneOf(Purpose.values()),
                        oneOf("", "offers", "sports"),
                        oneOf(ProfileLookup.values()),
                        random.nextBoolean());
        return new Facts(
                occasion,
                addressee(),
                random.nextBoolean(),
                consents(),
                consents(),
                suppression(),
                suppression(),
                oneOf(
                        AllowedList.OFF,
                        AllowedList.COVERS,
                        AllowedList.LACKS,
                        AllowedList.coversUntil(around)),
                occasion.isMarketing() ? rules() : RuleFacts.NONE);
    }

    private Addressee addressee() {
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Addressee(null, address());
            case 2, 3 -> new Addressee(person(), address());
            case 4 -> new Addressee(person(), null, "work.email", false);
            case 5 -> new Addressee(anybody(), null, "work.email", true);
            default -> new Addressee(anybody(), new EmailAddress("ada@work.example"), "", true);
        };
    }

    private @Nullable KnownPerson anybody() {
        return random.nextBoolean() ? person() : null;
    }

    private KnownPerson person() {
        return new KnownPerson(new ProfileId(id()), ProfileDetails.NONE);
    }

    private @Nullable EmailAddress address() {
        return random.nextInt(5) == 0 ? null : new EmailAddress("ada@b\u00fccher.example");
    }

    private List<Consent> consents() {
        List<Consent> consents = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            consents.add(
                    new Consent(
                            new ConsentRecordId(id()),
                            new ConsentLevel(
                                    random.nextBoolean() ? Channel.EMAIL : null,
                                    oneOf(Purpose.values()),
                                    oneOf("", "offers", "sports")),
                            oneOf(ConsentState.values()),
                            oneOf("", "checkout", "a \"quoted\" \\ source\n\u0001\u00e4"),
                            time()));
        }
        return consents;
    }

    private @Nullable SuppressionFact suppression() {
        return random.nextInt(3) > 0
                ? null
                : new SuppressionFact(
                        new SuppressionId(id()),
                        oneOf(SuppressionReason.values()),
                        time(),
                        random.nextBoolean() ? time() : null);
    }

    private RuleFacts rules() {
        if (random.nextInt(3) == 0) {
            return RuleFacts.NONE;
        }
        List<RuleSetFacts> sets = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            sets.add(ruleSet());
        }
        return new RuleFacts(
                new PersonKey(id()),
                RuleFacts.zone(oneOf("UTC", "Asia/Kathmandu", "Pacific/Chatham")),
                sets);
    }

    private RuleSetFacts ruleSet() {
        List<FrequencyCap> caps = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            caps.add(cap());
        }
        List<QuietHours> quietHours = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            quietHours.add(quietHours());
        }
        List<Reservation> reserved = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            reserved.add(new Reservation(Channel.EMAIL, time()));
        }
        return new RuleSetFacts(
                new RuleSetId(id()),
                new RuleSetName(WorkspaceId.DEFAULT, oneOf("gentle", "strict")),
                random.nextLong(1, 1_000_000),
                time(),
                caps,
                quietHours,
                reserved);
    }

    private FrequencyCap cap() {
        int maxMessages = random.nextInt(1, 4);
        Set<Channel> channels = random.nextBoolean() ? Set.of() : Set.of(Channel.EMAIL);
        return random.nextBoolean()
                ? FrequencyCap.per(oneOf(FrequencyCap.Period.values()), maxMessages, channels)
                : FrequencyCap.within(
                        Duration.ofSeconds(random.nextInt(1, 60)), maxMessages, channels);
    }

    /// Sometimes they last all day: then nothing but their days ends them.
    private QuietHours quietHours() {
        LocalTime start = LocalTime.of(random.nextInt(24), random.nextInt(60));
        return new QuietHours(
                start,
                random.nextInt(4) == 0
                        ? start
                        : LocalTime.of(random.nextInt(24), random.nextInt(60)),
                random.nextBoolean() ? Set.of() : Set.of(oneOf(DayOfWeek.values())),
                oneOf(QuietHours.Behaviour.values()));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Instant time() {
        return around.plus(random.nextLong(-60_000_000, 60_000_000), ChronoUnit.MICROS);
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
