package io.campanile.application.message.port;

import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages as people look at them. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Messages {
    Optional<MessageView> find(WorkspaceId workspace, MessageId message);

    /// From the newest on.
    MessageSlice list(MessageQuery query);

    /// The messages that an erasure would take a person out of, from the newest on: those that name
    /// one of their identities, or an address of theirs and nobody else who is known. What is only
    /// in a sensitive part is not looked into.
    ///
    /// @param after behind which to begin; absent for the newest
    MessageSlice ofPerson(PersonNames names, @Nullable MessageId after, int limit);

    /// Everything that happened to the message, in order: its acceptance, each attempt that left it
    /// open, and how it settled.
    List<MessageEvent> events(MessageId message);

    /// What happened to those of the messages that anything happened to between their acceptance
    /// and the state they settled in, in order: each attempt that left them open, and what was
    /// reported.
    Map<MessageId, List<MessageEvent>> happened(Collection<MessageId> messages);

    /// What was kept of the last decision about the message.
    Optional<DecisionRecord> decision(WorkspaceId workspace, MessageId message);

    /// Who of the same broadcast is written to in the place of the message's recipient: at the same
    /// address, or as the same person. Nothing when there is nobody, or they exist no longer.
    Optional<ProfileId> writtenInstead(MessageId message);
}
