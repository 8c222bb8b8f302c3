package io.campanile.application.access;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.store.port.RequestLog;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Makes changes: each in one transaction with its request id, its audit entry and the signal to
/// all nodes. Thread-safe.
public final class Changes {
    private final Transactions transactions;
    private final RequestLog requests;
    private final RequestDigests digests;
    private final AuditEntries audit;
    private final ChangeSignal signal;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /// Changes over these ports.
    ///
    /// @param ids gives UUIDv7s
    public Changes(
            Transactions transactions,
            RequestLog requests,
            RequestDigests digests,
            AuditEntries audit,
            ChangeSignal signal,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.transactions = transactions;
        this.requests = requests;
        this.digests = digests;
        this.audit = audit;
        this.signal = signal;
        this.clock = clock;
        this.ids = ids;
    }

    /// A change to one resource.
    ///
    /// @param <R> the answers of the call
    /// @param work does it as of an instant, within the transaction; with `validate_only` it must
    ///   not write
    /// @param repeated the answer to a repetition: the resource as it is now, of the full name of
    ///   what the earlier call made or changed
    /// @param requestIdReused the answer when the request id belongs to another request: of the id
    ///   and of the full name of what that request made or changed
    public record Change<R>(
            Function<Instant, Made<R>> work,
            Function<String, R> repeated,
            BiFunction<String, String, R> requestIdReused) {}

    /// What a change came to.
    ///
    /// @param effective whether something was written
    public record Made<R>(R answer, boolean effective) {
        public static <R> Made<R> effective(R answer) {
            return new Made<>(answer, true);
        }

        public static <R> Made<R> nothing(R answer) {
            return new Made<>(answer, false);
        }

        /// Writes, unless the call only asks whether it would succeed. Every change whose answer is
        /// known before it is written goes through here, so that no use case writes for a call with
        /// `validate_only`, or says that it wrote.
        ///
        /// @param answer the same in both cases
        /// @param effect writes all but the request id: the audit entry too
        public static <R> Made<R> unlessValidating(ChangeCall call, R answer, Runnable effect) {
            if (call.validateOnly()) {
                return nothing(answer);
            }
            effect.run();
            return effective(answer);
        }
    }

    /// Makes a change, unless it is a repetition.
    ///
    /// @param resource full name of what is made or changed
    public <R> R make(
            ChangeCall call,
            WorkspaceId workspace,
            String resource,
            ChangeTopic topic,
            Change<R> change) {
        return make(call, workspace, resource, made -> signalled(made, topic), change);
    }

    /// Makes a change of what no node keeps in memory, unless it is a repetition.
    ///
    /// @param resource full name of what is made or changed
    public <R> R make(ChangeCall call, WorkspaceId workspace, String resource, Change<R> change) {
        return make(call, workspace, resource, UnaryOperator.identity(), change);
    }

    private <R> R make(
            ChangeCall call,
            WorkspaceId workspace,
            String resource,
            UnaryOperator<Made<R>> afterwards,
            Change<R> change) {
        Instant now = now();
        RequestId requestId = toBeTaken(call);
        return transactions.inTransaction(() -> {
            if (requestId == null) {
                return afterwards.apply(change.work().apply(now)).answer();
            }
            Optional<LoggedRequest> earlier =
                    requests.take(new LoggedRequest(workspace, requestId, resource, now));
            if (earlier.isPresent()) {
                String before = earlier.get().resource();
                return earlier.get().id().equals(requestId)
                        ? change.repeated().apply(before)
                        : change.requestIdReused().apply(requestId.value(), before);
            }
            Made<R> made = afterwards.apply(change.work().apply(now));
            if (!made.effective()) {
                requests.giveBack(workspace, requestId);
            }
            return made.answer();
        });
    }

    /// The request id as it is stored.
    private @Nullable RequestId toBeTaken(ChangeCall call) {
        RequestId id = call.requestId();
        return id == null || call.validateOnly()
                ? null
                : new RequestId(id.value(), digests.of(id.digest()));
    }

    /// Makes a change that knows no request id.
    public <R> R make(ChangeTopic topic, Function<Instant, Made<R>> work) {
        Instant now = now();
        return transactions.inTransaction(() -> signalled(work.apply(now), topic).answer());
    }

    /// Makes a change of what no node keeps in memory, and that knows no request id.
    public <R> R make(Function<Instant, Made<R>> work) {
        Instant now = now();
        return transactions.inTransaction(() -> work.apply(now).answer());
    }

    /// Writes an audit entry within the running change.
    public void record(
            WorkspaceId workspace,
            Actor by,
            AuditAction action,
            String resource,
            String detail,
            Instant now) {
        audit.add(new AuditEntry(ids.get(), workspace, now, by, action, resource, detail));
    }

    public UUID newId() {
        return ids.get();
    }

    /// The time, as exact as the store keeps it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <R> Made<R> signalled(Made<R> made, ChangeTopic topic) {
        if (made.effective()) {
            signal.publish(topic);
        }
        return made;
    }
}
