package io.campanile.application.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.application.query.Cursor;
import io.campanile.application.query.FilterInvalid;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.Query;
import io.campanile.application.query.Slice;
import io.campanile.application.query.SortOrder;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Finds messages and what happened to them. Thread-safe.
public final class LookUpMessages {
    /// A page token is compared by its id only, which begins with the time.
    private static final ListFields<MessageView> FIELDS =
            ListFields.<MessageView>orderedBy(
                            new SortOrder("create_time", true), message -> message.id().toString())
                    .sortableTime("create_time", _ -> Instant.EPOCH)
                    .text("campaign")
                    .text("execution")
                    .text("identity.namespace")
                    .text("identity.value")
                    .choice("state", MessageState.Kind.class)
                    .choice("reason", Reason.class)
                    .build();

    private final Messages messages;
    private final LongCalls reads;

    public LookUpMessages(Messages messages, LongCalls reads) {
        this.messages = messages;
        this.reads = reads;
    }

    public Optional<MessageView> find(WorkspaceId workspace, MessageId message) {
        return messages.find(workspace, message);
    }

    /// A message with everything that happened to it, in order.
    public record History(MessageView message, List<MessageEvent> events) {}

    /// What happened to the message; nothing when there is no such message.
    public Optional<History> history(WorkspaceId workspace, MessageId message) {
        return messages.find(workspace, message)
                .map(found -> new History(found, messages.events(found.id())));
    }

    /// Newest first. `campaign` and `execution` are compared with the last part of the name or the
    /// whole. A page may be short, or empty, and still not be the last.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many are looked for at once
    public Page<MessageView> list(WorkspaceId workspace, ListRequest request) {
        return Lists.slices(request, FIELDS, filter -> wanted(workspace, filter));
    }

    private Function<Query, Slice<MessageView>> wanted(WorkspaceId workspace, FlatFilter filter) {
        CampaignName campaign = Lists.campaign(workspace, filter);
        ExecutionId execution = Lists.execution(workspace, filter);
        Identity identity = identity(filter);
        return query -> {
            Cursor after = query.after();
            return list(
                    new MessageQuery(
                            workspace,
                            campaign,
                            execution,
                            identity,
                            filter.all(MessageState.Kind.class, "state"),
                            filter.all(Reason.class, "reason"),
                            filter.from(),
                            filter.to(),
                            after == null ? null : new MessageId(UUID.fromString(after.id())),
                            query.limit()));
        };
    }

    private Slice<MessageView> list(MessageQuery wanted) {
        MessageSlice found =
                wanted.looksAtOthers()
                        ? reads.inTurn(wanted.workspace(), () -> messages.list(wanted))
                        : messages.list(wanted);
        MessageId next = found.next();
        return new Slice<>(found.messages(), next == null ? null : behind(next));
    }

    private static Cursor behind(MessageId message) {
        return new Cursor(Instant.EPOCH.toString(), message.toString());
    }

    private static @Nullable Identity identity(FlatFilter filter) {
        String namespace = filter.value("identity.namespace");
        String value = filter.value("identity.value");
        if ((namespace == null) != (value == null)) {
            throw new FilterInvalid(
                    "identity.namespace and identity.value go together: identity.namespace = \"…\""
                            + " AND identity.value = \"…\".");
        }
        return namespace == null || value == null ? null : identity(namespace, value);
    }

    private static Identity identity(String namespace, String value) {
        var identity = new Identity(namespace, value);
        identity.fault()
                .ifPresent(fault -> {
                    throw new FilterInvalid(
                            "identity." + fault.part() + " " + fault.description() + ".");
                });
        return identity;
    }
}
