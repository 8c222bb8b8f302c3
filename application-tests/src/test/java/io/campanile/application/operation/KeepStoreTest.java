package io.campanile.application.operation;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.store.RequestId;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.profile.InMemoryProfileImports;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

class KeepStoreTest extends StoreScene {
    private final SettableTime clock = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryProfileImports imports = new InMemoryProfileImports();
    private final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    private final InMemorySuppressions suppressions = new InMemorySuppressions();
    private final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    private final InMemoryRequestLog requests = new InMemoryRequestLog();
    private final InMemoryAuditEntries auditEntries = new InMemoryAuditEntries();
    private final KeepStore keeper = keeper(store.intake());

    private KeepStore keeper(IntakeStore intake) {
        var stores =
                new KeepStore.Stores(
                        store.partitions(),
                        intake,
                        store.broadcastUpkeep(),
                        store.reservations(),
                        imports,
                        bounces,
                        suppressions,
                        allowedEntries,
                        requests,
                        auditEntries);
        var retention =
                new KeepStore.Retention(
                        Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(365));
        return new KeepStore(stores, clock, retention);
    }

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    private void keep() {
        keeper.makePartitions();
        keeper.steps().values().forEach(Runnable::run);
    }

    private int drop(Instant before) {
        return store.partitions().dropOlderThan(before, before);
    }

    @Test
    void startsWithTheDaysThatAreNeededAndDropsNothing() {
        store.partitions().makeAhead(now.minus(Duration.ofDays(90)), Period.ZERO);

        keeper.prepare();

        // Yesterday, today and tomorrow, and the two old days.
        assertThat(drop(now.plus(Duration.ofDays(99)))).isEqualTo(5);
    }

    @Test
    void keepsAWeekOfDaysAhead() {
        keep();
        keep();

        // Yesterday, today and seven more.
        assertThat(drop(now.plus(Duration.ofDays(99)))).isEqualTo(9);
    }

    /// A machine was asleep, or its clock is set right: the steps of the hour come too late.
    @Test
    void makesTheDaysOfWhateverTimeItHasBecome() {
        keeper.makePartitions();

        clock.advance(Duration.ofDays(300));
        keeper.makePartitions();

        assertThat(drop(clock.instant().plus(Duration.ofDays(99)))).isEqualTo(18);
        assertThat(keeper.steps()).doesNotContainKey("make-partitions");
    }

    @Test
    void dropsSettledMessagesOnceTheirRetentionIsOver() {
        keep();
        NewExecution execution = stored(trigger());
        store.queue().record(List.of(recording(marked().getFirst(), new MessageState.Sent(now))));

        clock.advance(Duration.ofDays(30));
        keep();
        assertThat(stateOf(ids(execution).getFirst())).isEqualTo(MessageState.Kind.SENT);

        clock.advance(Duration.ofDays(1));
        keep();
        assertThat(store.messages().find(WorkspaceId.DEFAULT, ids(execution).getFirst())).isEmpty();
    }

    @Test
    void forgetsReservationsThatNoCapCountsAnyMore() {
        var ruleSet = new RuleSetId(UUID.randomUUID());
        var person = new PersonKey(UUID.randomUUID());
        stored(trigger());
        store.reservations()
                .reserve(
                        List.of(
                                new NewReservation(
                                        marked().getFirst(),
                                        ruleSet,
                                        1,
                                        person,
                                        new Reservation(Channel.EMAIL, now))));

        clock.advance(FrequencyCap.LONGEST_WINDOW);
        keep();
        assertThat(store.reservations().of(List.of(person), ruleSet, null, Map.of())).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        keep();
        assertThat(store.reservations().of(List.of(person), ruleSet, null, Map.of())).isEmpty();
    }

    @Test
    void forgetsAllRequestIdsWhoseRetentionIsOverHoweverMany() {
        List<NewExecution> old = Stream.generate(() -> stored(trigger())).limit(5_001).toList();

        clock.advance(Duration.ofDays(7));
        keep();
        assertThat(remembered(old)).isEqualTo(5_001);

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(remembered(old)).isZero();
    }

    @Test
    void forgetsRequestIdsBeforeTheDaysTheyPointInto() {
        assertThat(List.copyOf(keeper.steps().keySet()))
                .containsSubsequence("forget-request-ids", "drop-partitions");
    }

    /// Midnight comes while the ids are being forgotten.
    @Test
    void dropsNoDayThatWasNotOverWhenItsRequestIdsWereForgotten() {
        SequencedMap<String, Runnable> steps = keeper.steps();
        keeper.makePartitions();
        NewExecution execution = stored(trigger());
        store.queue().record(List.of(recording(marked().getFirst(), new MessageState.Sent(now))));
        clock.advance(Duration.ofDays(30));

        step(steps, "forget-request-ids").run();
        clock.advance(Duration.ofDays(1));
        step(steps, "drop-partitions").run();

        assertThat(stateOf(ids(execution).getFirst())).isEqualTo(MessageState.Kind.SENT);
    }

    @Test
    void dropsNoDayWhoseRequestIdsCouldNotBeForgotten() {
        KeepStore withoutIntake = keeper(unableToForget());
        withoutIntake.makePartitions();

        clock.advance(Duration.ofDays(60));
        SequencedMap<String, Runnable> steps = withoutIntake.steps();
        assertThatThrownBy(() -> step(steps, "forget-request-ids").run())
                .isInstanceOf(StoreUnavailable.class);
        step(steps, "drop-partitions").run();

        assertThat(drop(clock.instant())).isEqualTo(9);
    }

    private static IntakeStore unableToForget() {
        return (IntakeStore)
                Proxy.newProxyInstance(
                        IntakeStore.class.getClassLoader(),
                        new Class<?>[] {IntakeStore.class},
                        (_, _, _) -> {
                            throw new StoreUnavailable(
                                    "slow", new IllegalStateException("by the test's will"));
                        });
    }

    /// It was scheduled farther ahead than messages are kept.
    @Test
    void keepsAMessageForAWeekFromWhenItSettled() {
        keep();
        NewExecution execution = stored(trigger());
        List<Claim> claims = marked();
        clock.advance(Duration.ofDays(40));
        keep();
        store.queue()
                .record(
                        List.of(
                                new Recording(
                                        claims.getFirst(),
                                        new MessageState.Sent(clock.instant()),
                                        ProviderReply.NONE,
                                        clock.instant())));

        clock.advance(Duration.ofDays(7));
        keep();
        assertThat(stateOf(ids(execution).getFirst())).isEqualTo(MessageState.Kind.SENT);

        clock.advance(Duration.ofMillis(1));
        keep();
        assertThat(store.messages().find(WorkspaceId.DEFAULT, ids(execution).getFirst())).isEmpty();
    }

    private static Runnable step(SequencedMap<String, Runnable> steps, String name) {
        return Optional.ofNullable(steps.get(name)).orElseThrow();
    }

    @Test
    void forgetsImportsThatCannotGoOnAnyMore() {
        imports.advance(WorkspaceId.DEFAULT, "crm", 7, now);

        clock.advance(Duration.ofDays(7));
        keep();
        assertThat(imports.lock(WorkspaceId.DEFAULT, "crm", now)).isEqualTo(7);

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(imports.lock(WorkspaceId.DEFAULT, "crm", now)).isZero();
    }

    @Test
    void forgetsBouncesThatCountNoMore() {
        var address = BouncedAddress.of(WorkspaceId.DEFAULT, new EmailAddress("ada@example.com"));
        bounces.put(Map.of(address, BounceCount.first(now)));

        clock.advance(BounceCount.REMEMBERED);
        keep();
        assertThat(bounces.lock(List.of(address))).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(bounces.lock(List.of(address))).isEmpty();
    }

    /// Decisions about messages that are kept may name them.
    @Test
    void forgetsWhatExpiredOnListsOnceNoMessageIsAsOld() {
        SuppressionTarget target = new SuppressionTarget("ada@example.com");
        Instant expireTime = now.plusSeconds(1);
        enter(suppressions, aSuppression(target, now).until(expireTime).build());
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        target,
                        "",
                        now,
                        expireTime);
        allowedEntries.insertAll(List.of(entry), now);

        clock.set(expireTime.plus(Duration.ofDays(30)));
        keep();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, target)).isPresent();
        assertThat(allowedEntries.find(WorkspaceId.DEFAULT, target)).isPresent();

        clock.advance(Duration.ofMillis(1));
        keep();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, target)).isEmpty();
        assertThat(allowedEntries.find(WorkspaceId.DEFAULT, target)).isEmpty();
    }

    @Test
    void forgetsAnswersAndAuditEntriesWhoseRetentionIsOver() {
        var answer =
                new LoggedRequest(
                        WorkspaceId.DEFAULT, new RequestId("r", new byte[32]), "audience", now);
        var entry =
                new AuditEntry(
                        UUID.randomUUID(),
                        WorkspaceId.DEFAULT,
                        now,
                        Actor.SYSTEM,
                        AuditAction.CAMPAIGN_COMPLETED,
                        "campaign",
                        "");
        requests.take(answer);
        auditEntries.add(entry);

        clock.advance(Duration.ofDays(7));
        keep();
        assertThat(requests.take(answer)).isPresent();

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(requests.take(answer)).isEmpty();

        clock.set(now.plus(Duration.ofDays(365)));
        keep();
        assertThat(auditEntries.all()).containsExactly(entry);

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(auditEntries.all()).isEmpty();
    }

    /// A day later than their messages: those who look up an execution learn by them how it ended.
    @Test
    void forgetsBroadcastsOnceTheirDayIsGone() {
        NewExecution execution = ended();

        clock.advance(Duration.ofDays(31));
        keep();
        assertThat(broadcastOf(execution)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        keep();
        assertThat(broadcastOf(execution)).isNull();
    }

    /// One whose audience nobody was in.
    private NewExecution ended() {
        var audience = new AudienceId(UUID.randomUUID());
        store.addAudience(audience, List.of());
        NewExecution execution = stored(trigger().lane(Lane.MARKETING).to(audience, "crmId"));
        store.broadcasts().end(execution.id(), FanOutState.AUDIENCE_GONE);
        return execution;
    }

    private @Nullable BroadcastView broadcastOf(NewExecution execution) {
        return store.executions()
                .find(WorkspaceId.DEFAULT, execution.id())
                .map(ExecutionView::broadcast)
                .orElse(null);
    }

    private long remembered(List<NewExecution> executions) {
        return executions.stream()
                .filter(each -> store.intake().find(campaign, each.requestId()).isPresent())
                .count();
    }
}
