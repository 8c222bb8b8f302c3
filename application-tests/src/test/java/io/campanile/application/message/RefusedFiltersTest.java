package io.campanile.application.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.ParsedQuery;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.InMemoryStore;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.InstantSource;

/// What lists of messages and executions say of filters that they have no use for.
class RefusedFiltersTest {
    private static final String UUID = "01a20ae3-de6d-7000-bcc4-3dd295667ad2";

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final LookUpMessages messages =
            new LookUpMessages(store.messages(), LongCalls.ofReaders());
    private final LookUpExecutions executions =
            new LookUpExecutions(store.executions(), LongCalls.ofReaders(), InstantSource.system());

    private Page<MessageView> messages(String filter) {
        return messages.list(WorkspaceId.DEFAULT, new ListRequest(filter, "", 0, ""));
    }

    private Page<ExecutionView> executions(String filter) {
        return executions.list(WorkspaceId.DEFAULT, new ListRequest(filter, "", 0, ""));
    }

    private static <T> Page<T> refused(String text) {
        return new Page.Invalid<>(ParsedQuery.Part.FILTER, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOT state = SENT | NOT and - are not supported here; write which values are"
                    + " wanted: several states or reasons joined by OR in brackets, otherwise one,"
                    + " or a span of time.",
                "state = SENT OR -state = FAILED | NOT and - are not supported here; write which"
                        + " values are wanted: several states or reasons joined by OR in brackets,"
                        + " otherwise one, or a span of time.",
                "state = SENT AND state = FAILED | state stands twice; join its values by OR in"
                        + " brackets: (state = … OR state = …).",
                "campaign = a OR campaign = b | campaign may have one value only, and stand only"
                        + " once; make a call for each value.",
                "identity.value = a AND identity.value = a | identity.value may have one value"
                        + " only, and stand only once; make a call for each value.",
                "state != SENT | state is compared with = only: (state = … OR state = …).",
                "campaign : a | campaign is compared with = only: campaign = \"…\".",
                "campaign = a OR campaign != b | campaign is compared with = only: campaign ="
                        + " \"…\".",
                "state = SENT OR reason = QUIET_HOURS | OR joins values of one field only, not"
                        + " of reason and state; make a call for each.",
                "(state = SENT AND campaign = a) OR state = FAILED | OR joins values of one field"
                        + " only, not what AND joins; make a call for each.",
                "state = SENT OR create_time < \"2026-03-01T00:00:00Z\" | create_time cannot be"
                        + " joined by OR; make a call for each span of time.",
                "create_time = \"2026-03-01T00:00:00Z\" | create_time is compared with >= and <"
                        + " only: create_time >= \"…\" AND create_time < \"…\".",
                "create_time >= \"2026-03-01T00:00:00Z\" AND create_time >="
                    + " \"2026-03-02T00:00:00Z\" | create_time >= stands twice; keep only the later"
                    + " time.",
                "create_time < \"2026-03-01T00:00:00Z\" AND create_time < \"2026-03-02T00:00:00Z\""
                        + " | create_time < stands twice; keep only the earlier time.",
                "identity.value = a | identity.namespace and identity.value go together:"
                        + " identity.namespace = \"…\" AND identity.value = \"…\".",
                "identity.namespace = a | identity.namespace and identity.value go together:"
                        + " identity.namespace = \"…\" AND identity.value = \"…\".",
                "identity.namespace = Email AND identity.value = a | identity.namespace must be"
                        + " written email, in small letters.",
                "identity.namespace = email AND identity.value = \"a***@b.test\" | identity.value"
                        + " is what a caller sees who may not see the identity."
            })
    void sayWhatIsWrongAndWhatToWriteInstead(String filter, String text) {
        assertThat(messages(filter)).isEqualTo(refused(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "typo",
                "1-2-3-4-5",
                "01A20AE3-DE6D-7000-BCC4-3DD295667AD2",
                "workspaces/default/executions/01A20AE3-DE6D-7000-BCC4-3DD295667AD2",
                "workspaces/default/campaigns/" + UUID,
                "workspaces/other/executions/" + UUID
            })
    void sayWhatTheNameOfAnExecutionLooksLike(String name) {
        assertThat(messages("execution = \"%s\"".formatted(name)))
                .isEqualTo(
                        refused(
                                "execution is compared with a name,"
                                        + " workspaces/default/executions/{execution}, or its last"
                                        + " part: a UUID in lower case, such as "
                                        + UUID
                                        + "."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Receipt", "-a", "workspaces/other/campaigns/a", "campaigns/receipt"})
    void sayWhatTheNameOfACampaignOrAnAudienceLooksLike(String name) {
        String text =
                "%1$s is compared with a name, workspaces/default/%1$ss/{%1$s}, or its last part:"
                        + " 1 to 63 of a-z, 0-9 and -, a letter first.";

        assertThat(messages("campaign = \"%s\"".formatted(name)))
                .isEqualTo(refused(text.formatted("campaign")));
        assertThat(executions("campaign = \"%s\"".formatted(name)))
                .isEqualTo(refused(text.formatted("campaign")));
        assertThat(executions("audience = \"%s\"".formatted(name)))
                .isEqualTo(refused(text.formatted("audience")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "request_id = a OR request_id = b | request_id may have one value only, and stand"
                        + " only once; make a call for each value.",
                "audience = a AND audience = b | audience may have one value only, and stand only"
                        + " once; make a call for each value.",
                "state != RUNNING | state is compared with = only: (state = … OR state = …)."
            })
    void areRefusedByListsOfExecutionsInTheSameWords(String filter, String text) {
        assertThat(executions(filter)).isEqualTo(refused(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "campaign = nobodys",
                "campaign = \"workspaces/default/campaigns/nobodys\"",
                "execution = \"" + UUID + "\"",
                "execution = \"workspaces/default/executions/" + UUID + "\""
            })
    void findNothingByTheNameOfNothing(String filter) {
        assertThat(messages(filter)).isInstanceOf(Page.Found.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(state = SENT OR (state = FAILED OR state = EXPIRED)) AND campaign = a",
                "campaign = a OR campaign = a",
                "create_time >= \"2026-03-01T00:00:00Z\" AND create_time <"
                        + " \"2026-03-02T00:00:00Z\"",
                "identity.namespace = email AND identity.value = \"ada@example.com\""
            })
    void areNotRefusedWhereTheyAreOfUse(String filter) {
        assertThat(messages(filter)).isInstanceOf(Page.Found.class);
    }
}
