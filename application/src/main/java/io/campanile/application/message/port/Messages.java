package io.campanile.application.message.port;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// Messages as people look at them. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Messages {
    Optional<MessageView> find(WorkspaceId workspace, MessageId message);

    List<MessageView> list(MessageQuery query);

    /// Everything that happened to the message, in order: its acceptance, each attempt that left it
    /// open, and how it settled.
    List<MessageEvent> events(MessageId message);
}
