package io.campanile.application.erasure.port;

import io.campanile.domain.profile.Erasure;

import java.time.Instant;
import java.util.function.Consumer;

/// Takes people out of their messages. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface MessageErasures {
    /// Cancels the person's open messages but those in hand-over, and remembers to take them out of
    /// all their messages. Joins the running transaction, if any.
    ///
    /// @return how many messages were cancelled
    int begin(Erasure erasure);

    /// Goes on with every erasure. Settled messages that were accepted before it lose identity,
    /// address, data, labels of calls that were about nobody else, what their decision rested on,
    /// and what remote servers said. Open messages are cancelled, but for those in hand-over. When
    /// no message of an erasure is open any more, the erasure is done, and is forgotten itself.
    ///
    /// @param now by the store's clock
    /// @param lastly told of each erasure before it is forgotten, when nothing more can come of the
    ///   person's messages; told again the next time if it throws
    /// @return how many are not done
    int goOn(Instant now, Consumer<Erasure> lastly);
}
