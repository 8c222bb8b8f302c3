package io.campanile.application.delivery;

import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// People of all kinds: known and strangers, with addresses in every place where one may be, the
/// call included, and about whom more and more is recorded.
final class GeneratedPeople {
    /// What the campaigns are about.
    static final String TOPIC = "offers";

    /// Where a channel configuration and a workspace look for addresses.
    static final String FIELD_OF_CONFIGURATION = "work.email";

    static final String FIELD_OF_WORKSPACE = "private.email";

    private static final String SUPPRESSED = "suppressed.example";
    private static final String ALLOWED = "allowed.example";

    private final DeliveryWorld world;
    private final RandomGenerator random;
    private final List<Somebody> people;

    /// @param mailbox an address of theirs, whether a trigger or a profile names it or not
    /// @param profile absent for a stranger
    private record Somebody(
            Recipient recipient, EmailAddress mailbox, @Nullable ProfileId profile) {}

    GeneratedPeople(DeliveryWorld world, RandomGenerator random, int count) {
        this.world = world;
        this.random = random;
        people = IntStream.range(0, count).mapToObj(this::somebody).toList();
    }

    /// How triggers name them.
    List<Recipient> recipients() {
        return people.stream().map(Somebody::recipient).toList();
    }

    /// About half of them.
    List<Recipient> someRecipients() {
        return recipients().stream().filter(_ -> random.nextBoolean()).toList();
    }

    private Somebody somebody(int number) {
        var mailbox =
                new EmailAddress("p" + number + "@" + oneOf("example.com", SUPPRESSED, ALLOWED));
        Identity identity =
                random.nextBoolean()
                        ? new Identity(Identity.EMAIL, mailbox.value())
                        : new Identity("crmId", Integer.toString(number));
        String ofCall = random.nextInt(4) == 0 ? mailbox.value() : "";
        return new Somebody(
                new Recipient(identity, ofCall, Map.of(), overlay(mailbox)),
                mailbox,
                random.nextInt(3) == 0 ? null : known(identity, mailbox));
    }

    /// What the call lays over the profile: an address, none where there may be one, or neither.
    private Map<String, Object> overlay(EmailAddress mailbox) {
        return switch (random.nextInt(8)) {
            case 0 -> at("work", mailbox.value()).values();
            case 1 -> at("work", "ask me").values();
            case 2 -> hidden("work");
            default -> Map.of();
        };
    }

    private static Map<String, Object> hidden(String attribute) {
        var hidden = new HashMap<String, Object>();
        hidden.put(attribute, null);
        return hidden;
    }

    private ProfileId known(Identity identity, EmailAddress mailbox) {
        var id = new ProfileId(id());
        var details =
                new ProfileDetails(
                        attributes(mailbox),
                        random.nextBoolean() ? List.of(mailbox) : List.of(),
                        "",
                        oneOf("", "Pacific/Chatham", "America/Los_Angeles"));
        world.profiles.insert(
                Profile.created(id, WorkspaceId.DEFAULT, List.of(identity), details, now()));
        return id;
    }

    private Attributes attributes(EmailAddress mailbox) {
        return switch (random.nextInt(5)) {
            case 0 -> at("work", mailbox.value());
            case 1 -> at("work", "ask me");
            case 2 -> at("work", "");
            case 3 -> at("private", mailbox.value());
            default -> Attributes.NONE;
        };
    }

    private static Attributes at(String where, String email) {
        return new Attributes(Map.of(where, Map.of("email", email)));
    }

    /// Something more is recorded about most of them, and about their domains.
    void goOn() {
        world.clock.advance(Duration.ofMillis(1));
        people.forEach(this::goOn);
        if (random.nextBoolean()) {
            suppress(SUPPRESSED);
        }
        allow(ALLOWED);
    }

    private void goOn(Somebody somebody) {
        if (somebody.profile() != null) {
            var person = new ConsentSubject.OfProfile(somebody.profile());
            for (int left = random.nextInt(3); left > 0; left--) {
                say(person);
            }
        }
        if (random.nextInt(4) == 0) {
            say(new ConsentSubject.OfAddress(somebody.mailbox()));
        }
        if (random.nextInt(6) == 0) {
            suppress(somebody.mailbox().value());
        }
        if (random.nextBoolean()) {
            allow(somebody.mailbox().value());
        }
    }

    private void say(ConsentSubject who) {
        world.consents.add(
                new ConsentRecord(
                        new ConsentRecordId(id()),
                        WorkspaceId.DEFAULT,
                        who,
                        new ConsentLevel(
                                random.nextBoolean() ? Channel.EMAIL : null,
                                oneOf(Purpose.values()),
                                oneOf("", TOPIC, "news")),
                        oneOf(ConsentState.values()),
                        "checkout",
                        "",
                        Actor.SYSTEM,
                        now(),
                        now()),
                true);
    }

    /// Nothing happens where there is an entry already.
    private void suppress(String target) {
        var _ =
                enter(
                        world.suppressions,
                        new Suppression(
                                new SuppressionId(id()),
                                WorkspaceId.DEFAULT,
                                SuppressionTarget.parse(target).orElseThrow(),
                                oneOf(SuppressionReason.values()),
                                "",
                                now(),
                                expiry()));
    }

    private @Nullable Instant expiry() {
        return switch (random.nextInt(4)) {
            case 0 -> now();
            case 1 -> now().plus(Duration.ofDays(1));
            default -> null;
        };
    }

    private void allow(String target) {
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(id()),
                        WorkspaceId.DEFAULT,
                        SuppressionTarget.parse(target).orElseThrow(),
                        "",
                        now(),
                        expiry());
        world.allowedEntries.insertAll(List.of(entry), now());
    }

    private Instant now() {
        return world.clock.instant();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
