package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;

import io.campanile.v1.Campaign;
import io.campanile.v1.Execution;
import io.campanile.v1.Lane;
import io.campanile.v1.LaneBacklog;
import io.campanile.v1.Message;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.OutcomeCount;
import io.campanile.v1.ProviderStatus;
import io.campanile.v1.PutOffCount;
import io.campanile.v1.RecentOutcomes;
import io.campanile.v1.WorkspaceStatus;

import org.junit.jupiter.api.Test;

import java.util.List;

class StatusTextTest {
    private static final RecentOutcomes.Builder NO_OUTCOMES =
            RecentOutcomes.newBuilder().setWindow(Durations.fromMinutes(5));

    @Test
    void showsCampaignsBacklogsOutcomesAndProviders() {
        var sale =
                Campaign.newBuilder()
                        .setName("workspaces/default/campaigns/sale")
                        .setState(Campaign.State.STATE_LIVE)
                        .build();
        var halted =
                Execution.newBuilder()
                        .setName("workspaces/default/executions/1")
                        .setCampaign("workspaces/default/campaigns/sale")
                        .setState(Execution.State.STATE_HALTED)
                        .setCounts(
                                MessageCounts.newBuilder()
                                        .setPlannedCount(1_000)
                                        .setSentCount(80)
                                        .setFailedCount(20)
                                        .setAcceptedCount(870)
                                        .setDeferredCount(26)
                                        .setSendingCount(4))
                        .build();
        var status =
                WorkspaceStatus.newBuilder()
                        .setServerVersion("1.2.3")
                        .addBacklogs(
                                backlog(Lane.LANE_TRANSACTIONAL, 3, 2)
                                        .setOldestWait(Durations.fromMillis(7_500)))
                        .addBacklogs(backlog(Lane.LANE_MARKETING, 0, 0))
                        .addPutOffCounts(
                                PutOffCount.newBuilder()
                                        .setReason(Message.Reason.REASON_PROVIDER_MISCONFIGURED)
                                        .setMessageCount(10))
                        .setRecentOutcomes(
                                NO_OUTCOMES
                                        .clone()
                                        .addCounts(count(Message.State.STATE_SENT, 20))
                                        .addCounts(count(Message.State.STATE_FAILED, 1)))
                        .addProviders(
                                provider("news", ProviderStatus.Breaker.BREAKER_OPEN)
                                        .setPace(12.5)
                                        .setSlotsTaken(3)
                                        .setSlots(128)
                                        .setConnections(2))
                        .addProviders(provider("receipts", ProviderStatus.Breaker.BREAKER_CLOSED))
                        .build();

        assertThat(StatusText.of(List.of(sale), List.of(halted), status))
                .containsExactly(
                        "Campanile 1.2.3",
                        "Campaigns",
                        "  LIVE       workspaces/default/campaigns/sale",
                        "Broadcasts under way",
                        "  HALTED     workspaces/default/executions/1 of"
                                + " workspaces/default/campaigns/sale: open 900 of 1000",
                        "Backlog",
                        "  TRANSACTIONAL  open 3, due 2, oldest waiting 7.500s",
                        "  MARKETING      open 0, due 0, oldest waiting none",
                        "Put off",
                        "  PROVIDER_MISCONFIGURED 10",
                        "Settled of what was accepted in the last 300s",
                        "  SENT           20",
                        "  FAILED         1",
                        "Providers of the answering node",
                        "  workspaces/default/channelConfigurations/news: breaker OPEN, pace"
                                + " 12.5/s, 3 of 128 slots, 2 connections",
                        "  workspaces/default/channelConfigurations/receipts: breaker CLOSED, pace"
                                + " unlimited, 0 of 0 slots, 0 connections");
    }

    @Test
    void showsTheHeadingsAlsoWhereThereIsNothing() {
        var status =
                WorkspaceStatus.newBuilder()
                        .setServerVersion("1.2.3")
                        .setRecentOutcomes(NO_OUTCOMES)
                        .build();

        assertThat(StatusText.of(List.of(), List.of(), status))
                .containsExactly(
                        "Campanile 1.2.3",
                        "Campaigns",
                        "Broadcasts under way",
                        "Backlog",
                        "Put off",
                        "Settled of what was accepted in the last 300s",
                        "Providers of the answering node");
    }

    @Test
    void saysWhatCouldNotBeCounted() {
        var status =
                WorkspaceStatus.newBuilder()
                        .setRecentOutcomes(NO_OUTCOMES)
                        .addUncountedParts(WorkspaceStatus.Part.PART_BACKLOGS)
                        .addUncountedParts(WorkspaceStatus.Part.PART_OUTCOMES)
                        .build();

        assertThat(StatusText.of(List.of(), List.of(), status))
                .contains(
                        "Backlog: could not be counted in time",
                        "Put off",
                        "Settled of what was accepted in the last 300s: could not be counted in"
                                + " time");
    }

    private static LaneBacklog.Builder backlog(Lane lane, long open, long due) {
        return LaneBacklog.newBuilder().setLane(lane).setOpenCount(open).setDueCount(due);
    }

    private static OutcomeCount.Builder count(Message.State state, long messages) {
        return OutcomeCount.newBuilder().setState(state).setMessageCount(messages);
    }

    private static ProviderStatus.Builder provider(String id, ProviderStatus.Breaker breaker) {
        return ProviderStatus.newBuilder()
                .setChannelConfiguration("workspaces/default/channelConfigurations/" + id)
                .setBreaker(breaker);
    }
}
