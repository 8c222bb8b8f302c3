package io.campanile.server.command;

import com.google.protobuf.util.Durations;

import io.campanile.v1.Campaign;
import io.campanile.v1.Execution;
import io.campanile.v1.LaneBacklog;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.OutcomeCount;
import io.campanile.v1.ProviderStatus;
import io.campanile.v1.PutOffCount;
import io.campanile.v1.RecentOutcomes;
import io.campanile.v1.WorkspaceStatus;
import io.campanile.v1.WorkspaceStatus.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How a workspace is doing, as people read it.
final class StatusText {
    private StatusText() {}

    /// One line after the other: headings, and below them what they are about.
    static List<String> of(
            List<Campaign> campaigns, List<Execution> broadcasts, WorkspaceStatus status) {
        RecentOutcomes recent = status.getRecentOutcomes();
        var lines = new ArrayList<String>();
        lines.add("Campanile " + status.getServerVersion());
        add(lines, "Campaigns", campaigns, StatusText::line);
        add(lines, "Broadcasts under way", broadcasts, StatusText::line);
        add(
                lines,
                heading("Backlog", status, Part.PART_BACKLOGS),
                status.getBacklogsList(),
                StatusText::line);
        add(
                lines,
                heading("Put off", status, Part.PART_PUT_OFF),
                status.getPutOffCountsList(),
                StatusText::line);
        add(
                lines,
                heading(
                        "Settled of what was accepted in the last "
                                + Durations.toString(recent.getWindow()),
                        status,
                        Part.PART_OUTCOMES),
                recent.getCountsList(),
                StatusText::line);
        add(lines, "Providers of the answering node", status.getProvidersList(), StatusText::line);
        return lines;
    }

    /// That nothing stands below a heading must not look as if there were nothing.
    private static String heading(String heading, WorkspaceStatus status, Part part) {
        return status.getUncountedPartsList().contains(part)
                ? heading + ": could not be counted in time"
                : heading;
    }

    private static <T> void add(
            List<String> lines, String heading, List<T> parts, Function<T, String> line) {
        lines.add(heading);
        parts.forEach(part -> lines.add("  " + line.apply(part)));
    }

    private static String line(Campaign campaign) {
        return "%-10s %s".formatted(word(campaign.getState().name(), "STATE_"), campaign.getName());
    }

    private static String line(Execution broadcast) {
        MessageCounts counts = broadcast.getCounts();
        return "%-10s %s of %s: open %d of %d"
                .formatted(
                        word(broadcast.getState().name(), "STATE_"),
                        broadcast.getName(),
                        broadcast.getCampaign(),
                        counts.getAcceptedCount()
                                + counts.getDeferredCount()
                                + counts.getSendingCount(),
                        counts.getPlannedCount());
    }

    private static String line(LaneBacklog lane) {
        return "%-14s open %d, due %d, oldest waiting %s"
                .formatted(
                        word(lane.getLane().name(), "LANE_"),
                        lane.getOpenCount(),
                        lane.getDueCount(),
                        lane.hasOldestWait() ? Durations.toString(lane.getOldestWait()) : "none");
    }

    private static String line(PutOffCount putOff) {
        return "%-14s %d"
                .formatted(word(putOff.getReason().name(), "REASON_"), putOff.getMessageCount());
    }

    private static String line(OutcomeCount outcome) {
        return "%-14s %d"
                .formatted(word(outcome.getState().name(), "STATE_"), outcome.getMessageCount());
    }

    private static String line(ProviderStatus provider) {
        return "%s: breaker %s, pace %s, %d of %d slots, %d connections"
                .formatted(
                        provider.getChannelConfiguration(),
                        word(provider.getBreaker().name(), "BREAKER_"),
                        provider.getPace() == 0 ? "unlimited" : provider.getPace() + "/s",
                        provider.getSlotsTaken(),
                        provider.getSlots(),
                        provider.getConnections());
    }

    private static String word(String name, String prefix) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
