package io.campanile.grpc.ruleset;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.domain.ruleset.RuleSetLifecycle;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Times;

import java.util.EnumSet;
import java.util.Set;

/// Rule sets between protobuf and the domain.
final class RuleSetProtos {
    private RuleSetProtos() {}

    static io.campanile.v1.RuleSet proto(RuleSet ruleSet) {
        var proto =
                editable(ruleSet.definition()).toBuilder()
                        .setName(ruleSet.name().toString())
                        .setState(
                                Enums.proto(
                                        io.campanile.v1.RuleSet.State.class,
                                        "STATE_",
                                        ruleSet.state()))
                        .setCreateTime(Times.timestamp(ruleSet.createTime()))
                        .setUpdateTime(Times.timestamp(ruleSet.updateTime()))
                        .setEtag(Edits.etag(ruleSet.version()));
        RuleSetLifecycle.availableActions(ruleSet).stream()
                .sorted()
                .forEach(action ->
                        proto.addAvailableActions(
                                Enums.proto(
                                        io.campanile.v1.RuleSet.Action.class, "ACTION_", action)));
        return proto.build();
    }

    /// What can be edited, for a field mask to work on.
    static io.campanile.v1.RuleSet editable(RuleSetDefinition definition) {
        var proto =
                io.campanile.v1.RuleSet.newBuilder()
                        .setDisplayName(definition.displayName())
                        .setScope(
                                Enums.proto(
                                        io.campanile.v1.RuleSet.Scope.class,
                                        "SCOPE_",
                                        definition.scope()));
        definition.caps().forEach(cap -> proto.addFrequencyCaps(cap(cap)));
        definition
                .quietHours()
                .forEach(hours -> proto.addQuietHours(QuietHoursProtos.proto(hours)));
        return proto.build();
    }

    private static io.campanile.v1.FrequencyCap cap(FrequencyCap cap) {
        var proto = io.campanile.v1.FrequencyCap.newBuilder().setMaxMessages(cap.maxMessages());
        FrequencyCap.Period period = cap.period();
        if (period == null) {
            proto.setDuration(Times.duration(cap.window()));
        } else {
            proto.setPeriod(
                    Enums.proto(io.campanile.v1.FrequencyCap.Period.class, "PERIOD_", period));
        }
        cap.channels().stream()
                .sorted()
                .forEach(channel ->
                        proto.addChannels(
                                Enums.proto(io.campanile.v1.Channel.class, "CHANNEL_", channel)));
        return proto.build();
    }

    static RuleSetDefinition definition(io.campanile.v1.RuleSet proto) {
        return new RuleSetDefinition(
                proto.getDisplayName(),
                scope(proto.getScope()),
                proto.getFrequencyCapsList().stream().map(RuleSetProtos::cap).toList(),
                proto.getQuietHoursList().stream().map(QuietHoursProtos::hours).toList());
    }

    private static FrequencyCap cap(io.campanile.v1.FrequencyCap proto) {
        return proto.hasDuration()
                ? FrequencyCap.within(
                        Times.duration(proto.getDuration()),
                        proto.getMaxMessages(),
                        channels(proto))
                : FrequencyCap.per(
                        period(proto.getPeriod()), proto.getMaxMessages(), channels(proto));
    }

    private static Set<Channel> channels(io.campanile.v1.FrequencyCap proto) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        proto.getChannelsList().forEach(channel -> channels.add(channel(channel)));
        return channels;
    }

    private static Channel channel(io.campanile.v1.Channel channel) {
        return switch (channel) {
            case CHANNEL_EMAIL -> Channel.EMAIL;
            case CHANNEL_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked channel");
        };
    }

    private static FrequencyCap.Period period(io.campanile.v1.FrequencyCap.Period period) {
        return switch (period) {
            case PERIOD_HOUR -> FrequencyCap.Period.HOUR;
            case PERIOD_DAY -> FrequencyCap.Period.DAY;
            case PERIOD_WEEK -> FrequencyCap.Period.WEEK;
            case PERIOD_MONTH -> FrequencyCap.Period.MONTH;
            case PERIOD_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked period");
        };
    }

    private static RuleSet.Scope scope(io.campanile.v1.RuleSet.Scope scope) {
        return switch (scope) {
            case SCOPE_UNSPECIFIED, SCOPE_NAMING_CAMPAIGNS, UNRECOGNIZED ->
                    RuleSet.Scope.NAMING_CAMPAIGNS;
            case SCOPE_EVERY_CAMPAIGN -> RuleSet.Scope.EVERY_CAMPAIGN;
        };
    }
}
