package io.campanile.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign.State;
import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.campaign.CampaignRefusal.Reason;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class CampaignLifecycleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor SOMEBODY = Actor.SYSTEM;

    /// What each call comes to in each state: the state after it, `-` when it is refused for the
    /// state, `=` when nothing changes, `gone`, `copy`, or the reason of another refusal.
    private static final String TABLE =
            """
            action        DRAFT SCHEDULED     LIVE          PAUSED        SCHEDULED+DRAFT LIVE+DRAFT   PAUSED+DRAFT STOPPED  COMPLETED ARCHIVED COMPLETED+PAUSE
            UPDATE        DRAFT DRAFT_MISSING DRAFT_MISSING DRAFT_MISSING SCHEDULED       LIVE         PAUSED       -        -         -        -
            DELETE        gone  -             -             -             -               -            -            -        -         -        -
            ACTIVATE      LIVE  DRAFT_MISSING DRAFT_MISSING DRAFT_MISSING LIVE            LIVE         PAUSED       -        -         -        -
            PAUSE         -     -             PAUSED        PAUSED        -               PAUSED       PAUSED       -        -         -        -
            RESUME        -     -             -             LIVE          -               -            LIVE         -        -         -        COMPLETED
            STOP          -     STOPPED       STOPPED       STOPPED       STOPPED         STOPPED      STOPPED      =        -         -        STOPPED
            ROLLBACK      -     -             LIVE          PAUSED        -               LIVE         PAUSED       -        -         -        -
            DUPLICATE     copy  copy          copy          copy          copy            copy         copy         copy     copy      copy     copy
            ARCHIVE       -     -             -             -             -               -            -            ARCHIVED ARCHIVED  -        -
            CREATE_DRAFT  -     SCHEDULED     LIVE          PAUSED        DRAFT_EXISTS    DRAFT_EXISTS DRAFT_EXISTS -        -         -        -
            DISCARD_DRAFT -     DRAFT_MISSING DRAFT_MISSING DRAFT_MISSING SCHEDULED       LIVE         PAUSED       -        -         -        -
            """;

    static Stream<Arguments> cells() {
        List<List<String>> rows = rows();
        List<String> states = rows.getFirst();
        return rows.stream()
                .skip(1)
                .flatMap(row ->
                        Stream.iterate(1, i -> i < row.size(), i -> i + 1)
                                .map(i -> Arguments.of(row.getFirst(), states.get(i), row.get(i))));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("cells")
    void decidesEveryCallInEveryState(String action, String state, String expected) {
        assertThat(outcome(CampaignLifecycle.decide(inState(state), command(action), NOON)))
                .isEqualTo(expected);
    }

    @Test
    void hasATableWithoutHoles() {
        Map<String, Integer> columns = new HashMap<>();
        rows().stream().skip(1).forEach(row -> columns.put(row.getFirst(), row.size()));
        List<String> states = rows().getFirst();

        assertThat(columns.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Action.values()).map(Action::name).toList());
        assertThat(columns.values()).containsOnly(states.size());
        assertThat(states)
                .contains(Stream.of(State.values()).map(State::name).toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("cells")
    void offersExactlyTheCallsThatWouldDoSomething(String action, String state, String expected) {
        boolean does = !List.of("-", "=", "DRAFT_MISSING", "DRAFT_EXISTS").contains(expected);

        assertThat(
                        CampaignLifecycle.availableActions(inState(state), NOON)
                                .contains(Action.valueOf(action)))
                .isEqualTo(does || dependsOnDefinition(action, state));
    }

    /// Names and tags can be changed without a draft, so that an update is always on offer while a
    /// campaign has not ended.
    private static boolean dependsOnDefinition(String action, String state) {
        return action.equals("UPDATE") && List.of("SCHEDULED", "LIVE", "PAUSED").contains(state);
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("cells")
    void saysWhatToDoInEveryRefusal(String action, String state, String expected) {
        if (CampaignLifecycle.decide(inState(state), command(action), NOON)
                instanceof CampaignDecision.Refused(var refusal)) {
            assertThat(refusal.text()).endsWith(".");
            assertThat(refusal.whatToDo()).endsWith(".").isNotEqualTo(refusal.text());
        } else {
            assertThat(expected).isNotEqualTo("-");
        }
    }

    @Test
    void activatesAheadOfItsStartAsScheduled() {
        Campaign.Draft draft = draft(new Schedule(NOON.plusSeconds(1), null));

        Campaign scheduled = changed(draft, new CampaignCommand.Activate(List.of(), SOMEBODY));

        assertThat(scheduled.state()).isEqualTo(State.SCHEDULED);
        assertThat(scheduled.asOf(NOON).state()).isEqualTo(State.SCHEDULED);
        assertThat(scheduled.asOf(NOON.plusSeconds(1)).state()).isEqualTo(State.LIVE);
    }

    @Test
    void mendsWhatHasNotStarted() {
        Campaign ahead = changed(inState("SCHEDULED"), new CampaignCommand.CreateDraft());
        var later = new Schedule(NOON.plusSeconds(120), null);
        Campaign edited =
                changed(ahead, new CampaignCommand.Update(properties(), definition(later)));
        assertThat(edited.asOf(NOON.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Campaign.Live.class,
                        live -> assertThat(live.draft()).isEqualTo(definition(later)));

        Campaign again = changed(edited, new CampaignCommand.Activate(List.of(), SOMEBODY));

        assertThat(again)
                .isInstanceOfSatisfying(
                        Campaign.Scheduled.class,
                        scheduled -> {
                            assertThat(scheduled.live())
                                    .isEqualTo(
                                            new Revision(2, definition(later), NOON, SOMEBODY, 0));
                            assertThat(scheduled.draft()).isNull();
                        });
        assertThat(again.asOf(NOON.plusSeconds(60)).state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void completesAtItsEndWhetherLivePausedOrNeverStarted() {
        var untilNoon = new Schedule(NOON.minusSeconds(9), NOON);
        var header = draft(untilNoon).header();
        Revision revision = Revision.first(definition(untilNoon), NOON, SOMEBODY);

        List<Campaign> campaigns =
                List.of(
                        new Campaign.Live(header, revision, null),
                        new Campaign.Paused(header, revision, null, PauseMode.HOLD),
                        new Campaign.Scheduled(header, revision, null));

        assertThat(campaigns)
                .extracting(campaign -> campaign.asOf(NOON).state())
                .containsOnly(State.COMPLETED);
    }

    @Test
    void sendsNothingOfAPausedCampaignByEndingIt() {
        var untilNoon = new Schedule(null, NOON);
        Revision revision = Revision.first(definition(untilNoon), NOON, SOMEBODY);
        var paused =
                new Campaign.Paused(draft(untilNoon).header(), revision, null, PauseMode.REFUSE);

        Campaign ended = paused.asOf(NOON);
        assertThat(ended.control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.HOLD));
        assertThat(changed(ended, new CampaignCommand.Resume()).control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.DELIVER));
        assertThat(changed(ended, new CampaignCommand.Stop(StopCounts.NONE)).control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.CANCEL));
    }

    @Test
    void letsTheClockActBeforeTheCall() {
        var untilNoon = new Schedule(null, NOON);
        var live =
                new Campaign.Live(
                        draft(untilNoon).header(),
                        Revision.first(definition(untilNoon), NOON, SOMEBODY),
                        null);

        assertThat(outcome(CampaignLifecycle.decide(live, new CampaignCommand.Resume(), NOON)))
                .isEqualTo("-");
        assertThat(changed(live, new CampaignCommand.Archive()).state()).isEqualTo(State.ARCHIVED);
    }

    @Test
    void refusesWhatTheReviewFindsWrongAndNamesTheErrorsOnly() {
        Finding error = finding(Finding.Level.ERROR);
        Finding warning = finding(Finding.Level.WARNING);
        var activate = new CampaignCommand.Activate(List.of(warning, error), SOMEBODY);

        assertThat(CampaignLifecycle.decide(inState("DRAFT"), activate, NOON))
                .isInstanceOfSatisfying(
                        CampaignDecision.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(Reason.CAMPAIGN_REVIEW_FAILED);
                            assertThat(refused.refusal().findings()).containsExactly(error);
                        });
        assertThat(
                        outcome(
                                CampaignLifecycle.decide(
                                        inState("DRAFT"),
                                        new CampaignCommand.Activate(List.of(warning), SOMEBODY),
                                        NOON)))
                .isEqualTo("LIVE");
    }

    @Test
    void countsRevisionsWithoutGapsAndRemembersWhatARollbackRepeats() {
        Campaign second =
                changed(inState("LIVE+DRAFT"), new CampaignCommand.Activate(List.of(), SOMEBODY));
        Revision first = ((Campaign.Live) inState("LIVE")).live();

        Campaign third = changed(second, new CampaignCommand.Rollback(first, List.of(), SOMEBODY));

        assertThat(((Campaign.Live) second).live().number()).isEqualTo(2);
        assertThat(((Campaign.Live) second).draft()).isNull();
        assertThat(((Campaign.Live) third).live())
                .isEqualTo(new Revision(3, first.definition(), NOON, SOMEBODY, 1));
    }

    @Test
    void raisesTheVersionWithEveryChange() {
        Campaign live = inState("LIVE");

        assertThat(changed(live, new CampaignCommand.CreateDraft()).version())
                .isEqualTo(live.version() + 1);
    }

    @Test
    void pausesInAnotherModeWithoutSendingAnythingAndInTheSameOnceOnly() {
        Campaign holding = inState("PAUSED+DRAFT");
        Campaign refusing = changed(holding, new CampaignCommand.Pause(PauseMode.REFUSE));

        assertThat(refusing.pause()).isEqualTo(PauseMode.REFUSE);
        assertThat(refusing.draft()).isEqualTo(holding.draft());
        assertThat(refusing.control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.HOLD));
        assertThat(
                        CampaignLifecycle.decide(
                                refusing, new CampaignCommand.Pause(PauseMode.REFUSE), NOON))
                .isEqualTo(new CampaignDecision.Unchanged(refusing));
        assertThat(CampaignLifecycle.availableActions(refusing, NOON)).contains(Action.PAUSE);
    }

    @Test
    void answersARepeatedStopWithTheFirstCounts() {
        var counts = new StopCounts(91_200, 8);
        Campaign stopped = changed(inState("LIVE"), new CampaignCommand.Stop(counts));

        assertThat(
                        CampaignLifecycle.decide(
                                stopped, new CampaignCommand.Stop(StopCounts.NONE), NOON))
                .isEqualTo(new CampaignDecision.Unchanged(stopped));
        assertThat(((Campaign.Stopped) stopped).counts()).isEqualTo(counts);
    }

    @Test
    void duplicatesTheNewestDefinitionAndTheTags() {
        var name = new CampaignName(WorkspaceId.DEFAULT, "copy");
        var duplicate = new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 9)), name, "Copy");

        var decision =
                (CampaignDecision.Duplicated)
                        CampaignLifecycle.decide(inState("LIVE+DRAFT"), duplicate, NOON);

        assertThat(decision.copy().definition().channelConfiguration()).isEqualTo("draft-mail");
        assertThat(decision.copy().header().properties())
                .isEqualTo(new CampaignProperties("Copy", "", List.of("shop")));
        assertThat(decision.copy().version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void callsACopyLikeTheOriginalWhenNoNameIsGiven(String displayName) {
        var name = new CampaignName(WorkspaceId.DEFAULT, "copy");
        var duplicate =
                new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 9)), name, displayName);

        var decision =
                (CampaignDecision.Duplicated)
                        CampaignLifecycle.decide(inState("LIVE"), duplicate, NOON);

        assertThat(decision.copy().header().properties())
                .isEqualTo(inState("LIVE").header().properties());
    }

    @Test
    void goesOnDeliveringWhenArchivedUnlessItWasStopped() {
        assertThat(changed(inState("COMPLETED"), new CampaignCommand.Archive()).control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.DELIVER));
        assertThat(changed(inState("STOPPED"), new CampaignCommand.Archive()).control())
                .isEqualTo(new CampaignControl(false, CampaignControl.Delivery.CANCEL));
    }

    private static List<List<String>> rows() {
        return TABLE.lines().map(line -> List.of(line.split(" +", -1))).toList();
    }

    private static String outcome(CampaignDecision decision) {
        return switch (decision) {
            case CampaignDecision.Changed(var campaign) -> campaign.state().name();
            case CampaignDecision.Unchanged _ -> "=";
            case CampaignDecision.Deleted _ -> "gone";
            case CampaignDecision.Duplicated _ -> "copy";
            case CampaignDecision.Refused(var refusal) ->
                    refusal.reason() == Reason.CAMPAIGN_STATE_CONFLICT
                            ? "-"
                            : refusal.reason().name().replace("CAMPAIGN_", "");
        };
    }

    private static Campaign changed(Campaign campaign, CampaignCommand command) {
        return ((CampaignDecision.Changed) CampaignLifecycle.decide(campaign, command, NOON))
                .campaign();
    }

    private static CampaignCommand command(String action) {
        Revision earlier = Revision.first(definition(Schedule.ALWAYS), NOON, SOMEBODY);
        var copy = new CampaignName(WorkspaceId.DEFAULT, "copy");
        return switch (Action.valueOf(action)) {
            case UPDATE -> new CampaignCommand.Update(properties(), definition(Schedule.ALWAYS));
            case DELETE -> new CampaignCommand.Delete();
            case ACTIVATE -> new CampaignCommand.Activate(List.of(), SOMEBODY);
            case PAUSE -> new CampaignCommand.Pause(PauseMode.REFUSE);
            case RESUME -> new CampaignCommand.Resume();
            case STOP -> new CampaignCommand.Stop(StopCounts.NONE);
            case ROLLBACK -> new CampaignCommand.Rollback(earlier, List.of(), SOMEBODY);
            case DUPLICATE ->
                    new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 2)), copy, "");
            case ARCHIVE -> new CampaignCommand.Archive();
            case CREATE_DRAFT -> new CampaignCommand.CreateDraft();
            case DISCARD_DRAFT -> new CampaignCommand.DiscardDraft();
        };
    }

    private static Campaign inState(String state) {
        CampaignHeader header = draft(Schedule.ALWAYS).header();
        Revision live = Revision.first(definition(Schedule.ALWAYS), NOON, SOMEBODY);
        boolean drafted = state.endsWith("+DRAFT");
        @Nullable CampaignDefinition draft =
                drafted
                        ? new CampaignDefinition(
                                "draft-mail",
                                "",
                                List.of(),
                                "",
                                ProfileLookup.IF_KNOWN,
                                DeliveryMode.STANDARD,
                                "",
                                content(),
                                List.of(),
                                Schedule.ALWAYS)
                        : null;
        boolean paused = state.endsWith("+PAUSE");
        var later = new Schedule(NOON.plusSeconds(60), null);
        return switch (State.valueOf(state.replaceFirst("\\+.*", ""))) {
            case DRAFT -> draft(Schedule.ALWAYS);
            case SCHEDULED ->
                    new Campaign.Scheduled(
                            header, Revision.first(definition(later), NOON, SOMEBODY), draft);
            case LIVE -> new Campaign.Live(header, live, draft);
            case PAUSED -> new Campaign.Paused(header, live, draft, PauseMode.HOLD);
            case STOPPED -> new Campaign.Stopped(header, live, null, StopCounts.NONE);
            case COMPLETED ->
                    new Campaign.Completed(header, live, null, paused ? PauseMode.HOLD : null);
            case ARCHIVED -> new Campaign.Archived(header, live, null, null);
        };
    }

    private static Campaign.Draft draft(Schedule schedule) {
        return new Campaign.Draft(
                CampaignHeader.created(
                        new CampaignId(new UUID(0, 1)),
                        new CampaignName(WorkspaceId.DEFAULT, "receipt"),
                        Category.TRANSACTIONAL,
                        properties(),
                        NOON),
                definition(schedule));
    }

    private static CampaignProperties properties() {
        return new CampaignProperties("Receipt", "", new ArrayList<>(List.of("shop")));
    }

    private static CampaignDefinition definition(Schedule schedule) {
        return new CampaignDefinition(
                "mail",
                "",
                List.of(),
                "",
                ProfileLookup.IF_KNOWN,
                DeliveryMode.STANDARD,
                "",
                content(),
                List.of(),
                schedule);
    }

    private static EmailContent content() {
        return new EmailContent("Hello", "", "", "Hello", "");
    }

    private static Finding finding(Finding.Level level) {
        return new Finding(
                level, Finding.Code.SUBJECT_EMPTY, "content.subject", "No.", "Write it.");
    }
}
