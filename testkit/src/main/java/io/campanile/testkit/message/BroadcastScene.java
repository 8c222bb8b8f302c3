package io.campanile.testkit.message;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.broadcast.ExecutionTrail;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.trigger.Triggers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/// What the contracts of broadcasts share: executions for audiences of their own.
public abstract class BroadcastScene extends StoreScene {
    private static final int MANY = 1_000;

    protected AudienceId audience = new AudienceId(UUID.randomUUID());

    /// What nodes take for now.
    protected Instant clock = now;

    protected abstract Transactions transactions();

    protected final void fanOut() {
        fanOut(Runnable::run).run();
    }

    protected final FanOut fanOut(Executor beginner) {
        return new FanOut(
                store().broadcasts(),
                store().broadcastPauses(),
                transactions(),
                new ExecutionTrail(store().auditEntries(), UUID::randomUUID),
                NodeClock.believed(() -> clock),
                beginner);
    }

    /// Forgets what nobody needs any more of ended broadcasts accepted before then. Of those that
    /// expired, and so ended, long ago.
    protected final void forget(Instant before) {
        forget(before, now.plus(Duration.ofDays(60)));
    }

    protected final void forget(Instant before, Instant expiredBefore) {
        // Those of other tests as well.
        while (store().broadcastUpkeep().forgetMembers(MANY) == MANY) {}
        while (store().broadcastUpkeep().forget(before, expiredBefore, MANY) == MANY) {}
    }

    protected final NewExecution broadcast(int members) {
        return broadcast(members, trigger -> trigger);
    }

    /// A broadcast to so many new people, numbered from 0 in their `crmId`.
    protected final NewExecution broadcast(int members, UnaryOperator<Triggers> with) {
        var people = new ArrayList<List<Identity>>();
        String run = UUID.randomUUID() + "-";
        for (int i = 0; i < members; i++) {
            people.add(
                    List.of(
                            new Identity("crmId", run + i),
                            new Identity("email", run + i + "@example.com")));
        }
        return broadcast(people, with);
    }

    /// A broadcast to new people with these identities.
    protected final NewExecution broadcast(
            List<List<Identity>> people, UnaryOperator<Triggers> with) {
        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, people);
        return stored(with.apply(trigger()).lane(Lane.MARKETING).to(audience, "email"));
    }

    protected final ExecutionView view(NewExecution execution) {
        return store().executions().find(WorkspaceId.DEFAULT, execution.id()).orElseThrow();
    }

    protected final BroadcastView broadcast(NewExecution execution) {
        return Optional.ofNullable(view(execution).broadcast()).orElseThrow();
    }

    protected final FanOutState state(NewExecution execution) {
        return broadcast(execution).state();
    }

    protected final List<ClaimedMessage> claimed(int most) {
        return store().queue()
                .claim(
                        node,
                        Lane.MARKETING,
                        configuration,
                        List.of(campaign),
                        most,
                        leaseEnd,
                        clock);
    }

    /// What the audit trail says of an execution that Campanile changed by itself.
    protected final List<AuditEntry> trail(NewExecution execution) {
        return trail(execution.id().nameIn(WorkspaceId.DEFAULT));
    }

    /// What the audit trail says of what has this name.
    protected final List<AuditEntry> trail(String resource) {
        return FoundPages.entries(
                Page.of(
                        new ListRequest("resource = \"" + resource + "\"", "", 0, ""),
                        AuditEntries.FIELDS,
                        query -> store().auditEntries().list(WorkspaceId.DEFAULT, query)));
    }

    /// Hands over so many messages, and records what came of it.
    protected final void settle(int messages, MessageState state) {
        List<Claim> claims = claims(claimed(messages));
        if (claims.size() != messages) {
            throw new IllegalStateException(claims.size() + " of " + messages + " are due");
        }
        mark(node, claims);
        store().queue().record(claims.stream().map(claim -> recording(claim, state)).toList());
    }

    protected final List<MessageView> messages(ExecutionId execution) {
        return store().messages()
                .list(
                        new MessageQuery(
                                WorkspaceId.DEFAULT,
                                null,
                                execution,
                                null,
                                Set.of(),
                                Set.of(),
                                null,
                                null,
                                null,
                                10_000))
                .messages();
    }
}
