package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;
import static io.campanile.domain.campaign.TestCampaigns.NOON;
import static io.campanile.domain.campaign.TestCampaigns.SOMEBODY;
import static io.campanile.domain.campaign.TestCampaigns.first;
import static io.campanile.domain.campaign.TestCampaigns.inState;
import static io.campanile.domain.campaign.TestCampaigns.outcome;
import static io.campanile.domain.campaign.TestCampaigns.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.Campaign.State;
import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Every call in every state. What single calls change is in [CampaignCommandTest], what time does
/// in [CampaignScheduleTest].
class CampaignLifecycleTest {
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
            if (expected.equals("-")) {
                assertThat(refusal.text())
                        .isEqualTo(
                                "A campaign in state %s does not allow %s."
                                        .formatted(
                                                inState(state).state(),
                                                action.toLowerCase(Locale.ROOT).replace('_', ' ')));
            }
        } else {
            assertThat(expected).isNotEqualTo("-");
        }
    }

    @ParameterizedTest(name = "{0}: takes triggers {1}, {2}")
    @CsvSource({
        "DRAFT,     false, DELIVER",
        "SCHEDULED, false, DELIVER",
        "LIVE,      true,  DELIVER",
        "PAUSED,    true,  HOLD",
        "STOPPED,   false, CANCEL",
        "COMPLETED, false, DELIVER"
    })
    void tellsIntakeAndMarksWhatTheyMayDo(
            String state, boolean acceptsTriggers, CampaignControl.Delivery delivery) {
        assertThat(inState(state).control())
                .isEqualTo(
                        new CampaignControl(
                                acceptsTriggers, "DRAFT".equals(state) ? 0 : 1, delivery));
    }

    private static List<List<String>> rows() {
        return TABLE.lines().map(line -> List.of(line.split(" +", -1))).toList();
    }

    private static CampaignCommand command(String action) {
        var copy = new CampaignName(WorkspaceId.DEFAULT, "copy");
        return switch (Action.valueOf(action)) {
            case UPDATE -> new CampaignCommand.Update(properties(), aDefinition().build());
            case DELETE -> new CampaignCommand.Delete();
            case ACTIVATE -> new CampaignCommand.Activate(List.of(), SOMEBODY);
            case PAUSE -> new CampaignCommand.Pause(PauseMode.REFUSE);
            case RESUME -> new CampaignCommand.Resume();
            case STOP -> new CampaignCommand.Stop(StopCounts.NONE);
            case ROLLBACK ->
                    new CampaignCommand.Rollback(first(Schedule.ALWAYS), List.of(), SOMEBODY);
            case DUPLICATE ->
                    new CampaignCommand.Duplicate(new CampaignId(new UUID(0, 2)), copy, "");
            case ARCHIVE -> new CampaignCommand.Archive();
            case CREATE_DRAFT -> new CampaignCommand.CreateDraft();
            case DISCARD_DRAFT -> new CampaignCommand.DiscardDraft();
        };
    }
}
