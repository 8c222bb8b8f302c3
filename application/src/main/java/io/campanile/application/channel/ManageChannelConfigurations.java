package io.campanile.application.channel;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.ChangeTopic;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// What operators do with channel configurations. Thread-safe.
public final class ManageChannelConfigurations {
    private final ChannelConfigurations configurations;
    private final ConfigurationUses uses;
    private final Changes changes;

    public ManageChannelConfigurations(
            ChannelConfigurations configurations, ConfigurationUses uses, Changes changes) {
        this.configurations = configurations;
        this.uses = uses;
        this.changes = changes;
    }

    /// Adds a configuration in state `DRAFT`.
    public ChannelConfigurationResult create(
            ChannelConfigurationName name,
            Category category,
            ConfigurationDefinition definition,
            ChangeCall call) {
        var id = new ChannelConfigurationId(changes.newId());
        return make(
                name,
                call,
                now ->
                        insert(
                                ChannelConfiguration.created(id, name, category, definition, now),
                                call,
                                now));
    }

    public Optional<ChannelConfiguration> get(ChannelConfigurationName name) {
        return configurations.find(name);
    }

    public Page<ChannelConfiguration> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                ChannelConfigurations.FIELDS,
                query -> configurations.list(workspace, query));
    }

    /// Changes a configuration in any state. Waits for the marks that hold it; later ones obey the
    /// change.
    ///
    /// @param edit gives the definition that is to be, of the configuration that is; runs within
    ///   the transaction and may throw
    public ChannelConfigurationResult update(
            ChannelConfigurationName name,
            Function<ChannelConfiguration, ConfigurationDefinition> edit,
            ChangeCall call) {
        return change(name, Action.UPDATE, edit, call);
    }

    public ChannelConfigurationResult delete(ChannelConfigurationName name, ChangeCall call) {
        return change(name, Action.DELETE, ChannelConfiguration::definition, call);
    }

    public ChannelConfigurationResult activate(ChannelConfigurationName name, ChangeCall call) {
        return change(name, Action.ACTIVATE, ChannelConfiguration::definition, call);
    }

    /// Once this returns, nothing is handed over but what already was in hand-over. Safe to repeat.
    public ChannelConfigurationResult pause(ChannelConfigurationName name, ChangeCall call) {
        return change(name, Action.PAUSE, ChannelConfiguration::definition, call);
    }

    public ChannelConfigurationResult resume(ChannelConfigurationName name, ChangeCall call) {
        return change(name, Action.RESUME, ChannelConfiguration::definition, call);
    }

    public ChannelConfigurationResult deactivate(ChannelConfigurationName name, ChangeCall call) {
        return change(name, Action.DEACTIVATE, ChannelConfiguration::definition, call);
    }

    private ChannelConfigurationResult change(
            ChannelConfigurationName name,
            Action action,
            Function<ChannelConfiguration, ConfigurationDefinition> edit,
            ChangeCall call) {
        return make(
                name,
                call,
                now ->
                        configurations
                                .lock(name)
                                .map(locked -> change(locked, action, edit, call, now))
                                .orElseGet(() ->
                                        Made.nothing(
                                                new ChannelConfigurationResult.NotFound(name))));
    }

    private Made<ChannelConfigurationResult> change(
            ChannelConfiguration locked,
            Action action,
            Function<ChannelConfiguration, ConfigurationDefinition> edit,
            ChangeCall call,
            Instant now) {
        if (!call.mayChange(locked.version())) {
            return Made.nothing(new ChannelConfigurationResult.EtagMismatch(locked));
        }
        ChannelConfiguration edited = locked.edited(edit.apply(locked));
        var decision =
                ConfigurationLifecycle.decide(edited, action, () -> uses.uses(locked.name()), now);
        return switch (decision) {
            case ConfigurationDecision.Refused refusal ->
                    Made.nothing(new ChannelConfigurationResult.Refused(locked, action, refusal));
            case ConfigurationDecision.Unchanged(var unchanged) ->
                    Made.nothing(new ChannelConfigurationResult.Done(unchanged));
            case ConfigurationDecision.Changed(var changed) ->
                    Made.unlessValidating(
                            call,
                            new ChannelConfigurationResult.Done(changed),
                            () -> {
                                configurations.update(changed);
                                record(changed, call, audited(action), now);
                            });
            case ConfigurationDecision.Deleted _ ->
                    Made.unlessValidating(
                            call,
                            new ChannelConfigurationResult.Done(locked),
                            () -> {
                                configurations.delete(locked.id());
                                record(locked, call, audited(action), now);
                            });
        };
    }

    private Made<ChannelConfigurationResult> insert(
            ChannelConfiguration configuration, ChangeCall call, Instant now) {
        if (call.validateOnly()) {
            return Made.nothing(
                    configurations.find(configuration.name()).isPresent()
                            ? new ChannelConfigurationResult.Exists(configuration.name())
                            : new ChannelConfigurationResult.Done(configuration));
        }
        if (!configurations.insert(configuration)) {
            return Made.nothing(new ChannelConfigurationResult.Exists(configuration.name()));
        }
        record(configuration, call, AuditAction.CHANNEL_CONFIGURATION_CREATED, now);
        return Made.effective(new ChannelConfigurationResult.Done(configuration));
    }

    private ChannelConfigurationResult make(
            ChannelConfigurationName name,
            ChangeCall call,
            Function<Instant, Made<ChannelConfigurationResult>> work) {
        return changes.make(
                call,
                name.workspace(),
                name.toString(),
                ChangeTopic.CAMPAIGNS,
                new Change<>(
                        work, _ -> current(name), ChannelConfigurationResult.RequestIdReused::new));
    }

    private ChannelConfigurationResult current(ChannelConfigurationName name) {
        return configurations
                .find(name)
                .<ChannelConfigurationResult>map(ChannelConfigurationResult.Done::new)
                .orElseGet(() -> new ChannelConfigurationResult.NotFound(name));
    }

    private void record(
            ChannelConfiguration configuration, ChangeCall call, AuditAction action, Instant now) {
        changes.record(
                configuration.name().workspace(),
                call.by(),
                action,
                configuration.name().toString(),
                "",
                now);
    }

    private static AuditAction audited(Action action) {
        return switch (action) {
            case UPDATE -> AuditAction.CHANNEL_CONFIGURATION_UPDATED;
            case DELETE -> AuditAction.CHANNEL_CONFIGURATION_DELETED;
            case ACTIVATE -> AuditAction.CHANNEL_CONFIGURATION_ACTIVATED;
            case PAUSE -> AuditAction.CHANNEL_CONFIGURATION_PAUSED;
            case RESUME -> AuditAction.CHANNEL_CONFIGURATION_RESUMED;
            case DEACTIVATE -> AuditAction.CHANNEL_CONFIGURATION_DEACTIVATED;
        };
    }
}
