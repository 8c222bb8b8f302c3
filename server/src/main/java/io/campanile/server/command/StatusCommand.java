package io.campanile.server.command;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.CallFailed;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.Execution;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.ListCampaignsRequest;
import io.campanile.v1.ListCampaignsResponse;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.ListExecutionsResponse;
import io.campanile.v1.OperationServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.WorkspaceStatus;
import io.grpc.StatusRuntimeException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Shows how a running server is doing.
@Command(
        name = "status",
        description =
                "Shows a server's campaigns, the broadcasts that are under way, its backlog by"
                    + " lane, what has settled of what was accepted in the last minutes, and its"
                    + " providers.")
final class StatusCommand implements Runnable {
    private static final int SECONDS = 10;

    /// Five statements that may each take as long as a statement may.
    private static final int SECONDS_OF_STATUS = 60;

    private static final int AT_ONCE = 100;
    private static final String UNDER_WAY =
            "(state = SCHEDULED OR state = RUNNING OR state = PAUSED OR state = HALTED)";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private Connection connection = new Connection();

    @Mixin private WorkspaceOption workspace = new WorkspaceOption();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient client = connection.open()) {
            print(client, out);
        } catch (StatusRuntimeException e) {
            throw CallFailed.refused(e);
        }
        out.flush();
    }

    private void print(ApiClient client, PrintWriter out) {
        String parent = workspace.name();
        WorkspaceStatus status =
                OperationServiceGrpc.newBlockingStub(client.channel())
                        .withDeadlineAfter(SECONDS_OF_STATUS, TimeUnit.SECONDS)
                        .getStatus(
                                GetStatusRequest.newBuilder().setName(parent + "/status").build());
        StatusText.of(campaigns(client, parent), broadcasts(client, parent), status)
                .forEach(out::println);
    }

    private static List<Campaign> campaigns(ApiClient client, String parent) {
        var request = ListCampaignsRequest.newBuilder().setParent(parent).setPageSize(AT_ONCE);
        return all(
                page ->
                        CampaignServiceGrpc.newBlockingStub(client.channel())
                                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                                .listCampaigns(request.setPageToken(page).build()),
                ListCampaignsResponse::getCampaignsList,
                ListCampaignsResponse::getNextPageToken);
    }

    private static List<Execution> broadcasts(ApiClient client, String parent) {
        var request =
                ListExecutionsRequest.newBuilder()
                        .setParent(parent)
                        .setFilter(UNDER_WAY)
                        .setPageSize(AT_ONCE);
        return all(
                page ->
                        TriggerServiceGrpc.newBlockingStub(client.channel())
                                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                                .listExecutions(request.setPageToken(page).build()),
                ListExecutionsResponse::getExecutionsList,
                ListExecutionsResponse::getNextPageToken);
    }

    /// @param list answers with the page of a token; the first has none
    private static <A, T> List<T> all(
            Function<String, A> list, Function<A, List<T>> entries, Function<A, String> next) {
        var all = new ArrayList<T>();
        String page = "";
        do {
            A answer = list.apply(page);
            all.addAll(entries.apply(answer));
            page = next.apply(answer);
        } while (!page.isEmpty());
        return all;
    }
}
