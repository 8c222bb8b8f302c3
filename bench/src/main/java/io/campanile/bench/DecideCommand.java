package io.campanile.bench;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.secret.LoadKeys;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.bench.process.ServerProcess;
import io.campanile.channels.secret.SecretBox;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.eligibility.JdbiFactSource;
import io.campanile.persistence.eligibility.JdbiRuleSource;
import io.campanile.persistence.ruleset.JdbiRuleSets;
import io.campanile.persistence.secret.JdbiKeptKeys;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// What it costs to find out who may be written to.
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description =
                "Loads the facts about 500 recipients of marketing from a database full of"
                        + " profiles, against a bare look-up of their identities, and decides about"
                        + " them; and does all that delivery does to decide, under a rule set.")
final class DecideCommand implements Callable<Integer> {
    private static final int RECIPIENTS = 500;
    private static final String KEY_ID = "bench";
    private static final Occasion NEWS =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, "news");

    private static final String BARE_LOOK_UP =
            """
            SELECT i.profile_id
            FROM unnest(?) AS k (value)
            CROSS JOIN LATERAL (
              SELECT p.profile_id
              FROM profile_identity p
              WHERE p.workspace_id = 'default' AND p.namespace = 'email' AND p.value = k.value
              OFFSET 0
            ) AS i
            """;

    /// A cap and quiet hours, which bind all marketing.
    private static final RuleSet RULES =
            new RuleSet(
                    new RuleSetId(new UUID(0, 1)),
                    new RuleSetName(WorkspaceId.DEFAULT, "bench"),
                    new RuleSetDefinition(
                            "Benchmark",
                            RuleSet.Scope.EVERY_CAMPAIGN,
                            List.of(FrequencyCap.per(FrequencyCap.Period.DAY, 3, Set.of())),
                            List.of(
                                    new QuietHours(
                                            LocalTime.of(22, 0),
                                            LocalTime.of(8, 0),
                                            Set.of(),
                                            QuietHours.Behaviour.QUEUE))),
                    RuleSet.State.ACTIVE,
                    1,
                    Instant.EPOCH,
                    Instant.EPOCH);

    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--profiles",
            defaultValue = "1000000",
            description = "How many profiles there are (default: ${DEFAULT-VALUE}).")
    private int profiles;

    @Option(
            names = "--rounds",
            defaultValue = "400",
            description =
                    "How often the facts are loaded, after as many times to warm up (default:"
                            + " ${DEFAULT-VALUE}).")
    private int rounds;

    private final SplittableRandom random = new SplittableRandom(20_260_301);

    @Override
    public Integer call() throws SQLException {
        if (options.quick()) {
            profiles = Math.min(profiles, 2_000);
            rounds = Math.min(rounds, 10);
        }
        try (Workbench workbench = options.workbench()) {
            ServerProcess server =
                    workbench.server("data", Map.of("CAMPANILE_SECRET_KEY", secretKey()));
            double seedSeconds =
                    new PeopleSeed(server.jdbcUrl(), server.databasePassword()).seed(profiles);
            options.say("Seeded %,d profiles in %.0f s", profiles, seedSeconds);
            try (var database =
                    new Database(
                            DatabaseSettings.at(
                                    server.jdbcUrl(),
                                    new DatabaseSettings.Login(
                                            "campanile", server.databasePassword()),
                                    8,
                                    8))) {
                options.print(measure(database, seedSeconds));
            }
        }
        return 0;
    }

    /// What the rounds took, in microseconds.
    ///
    /// @param facts where the content reads profiles
    /// @param factsAlone where it does not: nothing but what decisions ask
    /// @param decided facts and rules read, and decided about
    /// @param excluded by the facts alone
    private record Times(
            Histogram facts,
            Histogram factsAlone,
            Histogram bare,
            Histogram decisions,
            Histogram decided,
            long excluded) {
        static double millis(Histogram times, double percentile) {
            return times.getValueAtPercentile(percentile) / 1e3;
        }
    }

    private Report measure(Database database, double seedSeconds) throws SQLException {
        if (!new JdbiRuleSets(database.store()).insert(RULES)) {
            throw new IllegalStateException("there is such a rule set already");
        }
        var source = new JdbiFactSource(database.hot(), pseudonyms(database));
        var decide = new DecideRecipients(source, new JdbiRuleSource(database.hot()));
        try (Connection connection = database.connect("bare");
                PreparedStatement bare = connection.prepareStatement(BARE_LOOK_UP)) {
            rounds(source, decide, bare);
            long begin = System.nanoTime();
            Times times = rounds(source, decide, bare);
            return report(times, (System.nanoTime() - begin) / 1e9, seedSeconds);
        }
    }

    /// Shared with the server, which seals the key of pseudonyms with it.
    private static byte[] key() {
        return new byte[32];
    }

    private static String secretKey() {
        return KEY_ID + ":" + Base64.getEncoder().encodeToString(key());
    }

    private static Pseudonyms pseudonyms(Database database) {
        var random = new SecureRandom();
        var keys =
                new LoadKeys(
                        new JdbiKeptKeys(database.store()),
                        new SecretBox(Map.of(KEY_ID, key()), KEY_ID, random),
                        random);
        return new Pseudonyms(keys.load(SecretPurpose.PSEUDONYM_KEY));
    }

    private Times rounds(JdbiFactSource source, DecideRecipients decide, PreparedStatement bare)
            throws SQLException {
        var facts = new Histogram(3);
        var factsAlone = new Histogram(3);
        var look = new Histogram(3);
        var decisions = new Histogram(3);
        var decided = new Histogram(3);
        long excluded = 0;
        for (int round = 0; round < rounds; round++) {
            List<Subject> subjects = subjects(true);
            long begin = System.nanoTime();
            List<Facts> loaded = source.load(subjects);
            long afterFacts = System.nanoTime();
            excluded += excluded(loaded);
            long afterDecisions = System.nanoTime();
            facts.recordValue((afterFacts - begin) / 1_000);
            decisions.recordValue(Math.max(1, (afterDecisions - afterFacts) / 1_000));
            factsAlone.recordValue(load(source, subjects(false)));
            decided.recordValue(decide(decide, subjects(true)));
            look.recordValue(lookUp(bare, subjects(true)));
        }
        return new Times(facts, factsAlone, look, decisions, decided, excluded);
    }

    /// Microseconds.
    private static long load(JdbiFactSource source, List<Subject> subjects) {
        long begin = System.nanoTime();
        if (source.load(subjects).size() != subjects.size()) {
            throw new IllegalStateException("somebody without facts");
        }
        return (System.nanoTime() - begin) / 1_000;
    }

    /// Microseconds.
    private static long decide(DecideRecipients decide, List<Subject> subjects) {
        Instant now = Instant.now();
        long begin = System.nanoTime();
        List<Decided> decided = decide.decide(subjects, now);
        long end = System.nanoTime();
        if (decided.stream().anyMatch(each -> each.facts().rules().ruleSets().isEmpty())) {
            throw new IllegalStateException("somebody decided about without the rule set");
        }
        return (end - begin) / 1_000;
    }

    /// @param readProfiles whether the content names anything of them
    private List<Subject> subjects(boolean readProfiles) {
        return IntStream.range(0, RECIPIENTS)
                .mapToObj(_ -> PeopleSeed.address(random.nextInt(1, profiles + 1)))
                .map(address ->
                        new Subject(
                                NEWS,
                                List.of(),
                                new Identity(Identity.EMAIL, address),
                                new EmailAddress(address),
                                readProfiles,
                                null))
                .toList();
    }

    private static long excluded(List<Facts> loaded) {
        Instant now = Instant.now();
        return loaded.stream()
                .filter(facts -> Eligibility.decide(facts, now) instanceof Decision.Exclude)
                .count();
    }

    /// Microseconds.
    private static long lookUp(PreparedStatement bare, List<Subject> subjects) throws SQLException {
        String[] keys =
                subjects.stream().map(next -> next.identity().value()).toArray(String[]::new);
        long begin = System.nanoTime();
        bare.setArray(1, bare.getConnection().createArrayOf("text", keys));
        int found = 0;
        try (var rows = bare.executeQuery()) {
            while (rows.next()) {
                found++;
            }
        }
        if (found != subjects.size()) {
            throw new IllegalStateException(found + " of " + subjects.size() + " people found");
        }
        return (System.nanoTime() - begin) / 1_000;
    }

    private Report report(Times times, double seconds, double seedSeconds) {
        double factsMs = Times.millis(times.facts(), 50);
        double bareMs = Times.millis(times.bare(), 50);
        long decided = (long) rounds * RECIPIENTS;
        var level = new LinkedHashMap<String, Object>();
        level.put("profiles", profiles);
        level.put("seed_seconds", Report.round(seedSeconds));
        level.put("recipients", RECIPIENTS);
        level.put("facts_p50_ms", Report.round(factsMs));
        level.put("facts_p99_ms", Report.round(Times.millis(times.facts(), 99)));
        level.put("facts_alone_p50_ms", Report.round(Times.millis(times.factsAlone(), 50)));
        level.put("facts_alone_p99_ms", Report.round(Times.millis(times.factsAlone(), 99)));
        level.put("decide_with_rules_p50_ms", Report.round(Times.millis(times.decided(), 50)));
        level.put("decide_with_rules_p99_ms", Report.round(Times.millis(times.decided(), 99)));
        level.put("decisions_per_s", Report.round(RECIPIENTS * 1e6 / times.decisions().getMean()));
        level.put("excluded_ratio", Report.round(times.excluded() / (double) decided));
        return new Report(
                "decide",
                "facts",
                decided,
                Report.round(seconds),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("bare_look_up_p50_ms", Report.round(bareMs)),
                Map.of("bare_look_up", Report.round(factsMs / bareMs)),
                List.of(level),
                Map.of());
    }
}
