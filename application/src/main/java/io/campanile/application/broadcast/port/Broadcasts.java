package io.campanile.application.broadcast.port;

import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Broadcasts and the members they are for. A broadcast is stored by the intake. Thread-safe; joins
/// the running transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when
/// the database is away.
public interface Broadcasts {
    /// The broadcasts of which more messages are to be written, the oldest first, paused ones
    /// included.
    ///
    /// @param after the last of the page before; absent for the first page
    List<ExecutionId> unfinished(@Nullable ExecutionId after, int limit);

    /// Locks a broadcast against everybody else, then its campaign's control row shared, until the
    /// end of the running transaction. Nothing when somebody else works on it, or when there is
    /// none.
    Optional<LockedBroadcast> lock(ExecutionId execution);

    /// Copies the members of a broadcast that waits, as they are now; later changes of the audience
    /// do not matter to it. With a canary the copy is in random order, so that the sample is like
    /// the rest. Of members whose mail goes to one address now, one is written to.
    ///
    /// Takes minutes when there are many, and never joins a transaction, so that nobody who pauses,
    /// cancels or stops waits for it: a broadcast that ended meanwhile stays as it is, and so does
    /// one that somebody else is beginning.
    ///
    /// @return false, and nothing is written, when the audience was deleted
    boolean begin(ExecutionId execution);

    /// Writes the messages of the next members of a locked broadcast: due now, owned by nobody.
    /// Excluded are messages to members who were erased meanwhile, and to members at whose address
    /// another member is written to.
    void write(ExecutionId execution, FanOutStep.Write chunk, Instant now);

    /// Counts what became of the messages that a locked broadcast has.
    SampleCounts sample(ExecutionId execution);

    /// Keeps where the canary of a locked broadcast stands. One that has halted is paused as well.
    void keep(ExecutionId execution, CanaryState state);

    /// Ends the fan-out of a locked broadcast.
    void end(ExecutionId execution, FanOutState state);

    /// The payload that all messages of a broadcast share, as it was encoded.
    Optional<byte[]> payload(ExecutionId execution);

    /// Holds a broadcast that has open messages or is going to: nothing more is written, and of its
    /// open messages only those in `SENDING` may still be handed over. Claims on the others are
    /// void. Waits for who works on the broadcast.
    ///
    /// @return what it found, also when it was paused before; empty when nothing is left to hold,
    ///   or when the execution is no broadcast
    Optional<PauseCounts> pause(ExecutionId execution);

    /// Holds the open messages of a broadcast that is paused, as [#pause] does; nothing when it was
    /// resumed meanwhile.
    void hold(ExecutionId execution);

    /// Lets a paused broadcast go on; its open messages are due now, and its canary is where
    /// [io.campanile.domain.broadcast.CanaryWatch#resumed] says.
    ///
    /// @return whether it was paused, and something is left to go on
    boolean resume(ExecutionId execution, Instant now);

    /// Leaves two people who become one person with one message of each broadcast: a waiting
    /// message is excluded where the other person, too, has a message that waits, is in hand-over
    /// or was sent. To be called when nothing else of the two is locked than their profiles and
    /// reservations, as deliveries lock. Messages that are written between this call and [#move]
    /// are not seen.
    ///
    /// @return the broadcasts in which a message of the one who goes was waiting
    Set<ExecutionId> unite(Profile gone, Profile staying, Instant now);

    /// Gives one member's places in broadcasts to another, but where both have one: who has a
    /// message as either gets no second one. Whoever was to get nothing because of the mail of the
    /// one who goes does not lose it where that mail goes to the address of the other now.
    ///
    /// @param waiting the broadcasts in which a message of the one who goes was waiting
    void move(ProfileId from, ProfileId to, Set<ExecutionId> waiting);

    /// Lets another member be written to in place of one who is gone and was to get the only
    /// message at an address.
    void leave(ProfileId gone);

    /// Adds up what is counted of broadcasts in more than `rows` rows, so that who looks reads few:
    /// each receipt about a message of theirs adds some, also long after they ended.
    void addUp(int rows);

    /// Forgets at most `limit` members of broadcasts that have ended.
    ///
    /// @return how many were forgotten
    int forgetMembers(int limit);

    /// Forgets at most `limit` ended broadcasts accepted before then that have no messages any
    /// more.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
