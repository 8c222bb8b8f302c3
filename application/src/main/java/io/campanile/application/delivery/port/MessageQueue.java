package io.campanile.application.delivery.port;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The open messages and the claims on them. Thread-safe; every method is one transaction unless it
/// says otherwise, and throws [io.campanile.application.store.StoreUnavailable] when the database
/// is away.
public interface MessageQueue {
    /// How long a claim holds: longer than any message may wait in memory and be in hand-over
    /// together, by any node's clock.
    Duration CLAIM_LEASE = Duration.ofMinutes(40);

    /// How long a claim on a message in doubt lasts at most. Under such a claim nothing is handed
    /// over, and only what became of the message is recorded. If that fails, somebody else can do
    /// it soon.
    Duration DOUBT_LEASE = Duration.ofMinutes(1);

    /// A message that carries less takes one place in the memory of a node, where its payload is
    /// several times as large.
    int BYTES_IN_PLACE = 2_048;

    /// How many places a message takes: room is bounded by what messages carry, not only by their
    /// number.
    ///
    /// @param bytes of its payload as it is stored
    static int placesFor(long bytes) {
        return 1 + (int) (bytes / BYTES_IN_PLACE);
    }

    /// The campaigns whose control row allows delivery and that have something due, each with the
    /// lanes and the channel configurations it is due at.
    Set<DueCampaign> dueCampaigns(Instant now);

    /// Claims due messages of one channel configuration, of each campaign as many as there are
    /// places for, one at least; the longest due first. Rows that others are claiming are passed
    /// over.
    ///
    /// @param places for each campaign
    /// @param leaseEndTime when the claim is void unless the message was settled or released; of
    ///   messages in doubt, [#DOUBT_LEASE] from now if that is sooner
    List<ClaimedMessage> claim(
            NodeId node,
            Lane lane,
            ChannelConfigurationId configuration,
            Collection<CampaignId> campaigns,
            int places,
            Instant leaseEndTime,
            Instant now);

    /// The messages whose claims are still valid at this moment: what was settled or cancelled
    /// since is not among them, nor is what names somebody whose erasure is not done.
    Set<MessageId> held(NodeId node, List<Claim> claims);

    /// Notes that a claimed message is about to be prepared alone, before it is. Repeating it
    /// changes nothing. A claim that is not valid any more changes nothing either.
    ///
    /// @param tries how often it was since it was last marked or released, this time included
    void noteLoneTry(NodeId node, Claim claim, int tries);

    /// Moves messages to `SENDING`, and counts an attempt for each, where all of these hold: node
    /// and epoch still match, the node is not taken for dead, the message has not expired, the
    /// claim outlasts the attempt, the campaign's control row (locked shared) allows delivery, and
    /// the channel configuration (locked shared) is active and still has the version of the terms.
    /// Each message is named once. Only the messages that the result calls marked may be handed
    /// over. Marking again is harmless if the terms say that it may be a repetition: what a call
    /// whose answer was lost has marked stays marked. What is to be kept of the decisions about
    /// marked messages is written in the same transaction.
    MarkResult mark(NodeId node, MarkTerms terms, List<Marking> markings, Instant now);

    /// Records what became of claimed messages: settled ones leave the queue and lose their
    /// sensitive data, deferred ones wait without an owner. What is to be kept of their decisions
    /// is, in the same transaction. Each message is named once.
    ///
    /// @return those whose claim was still valid; the others changed nothing
    Set<MessageId> record(List<Recording> recordings);

    /// Gives claims back unused, due again at the given time; does not count against the messages.
    void release(NodeId node, List<Claim> claims, Instant dueTime);

    /// Gives back whatever the node holds and has not marked, due at the given time.
    ///
    /// @return how many messages were given back
    int releaseAll(NodeId node, Instant dueTime);

    /// Settles open messages of campaigns that are to be cancelled, at most `limit`, but for those
    /// in hand-over. Those whose owner died in hand-over, or whose claim is over, become unknown.
    ///
    /// @return how many were settled
    int cancelStopped(int limit, Instant now);

    /// Settles all expired messages that nobody has a claim on any more, of campaigns and
    /// configurations that hold them, in transactions of at most `limit`. Those whose owner died in
    /// hand-over become unknown. It looks through the whole queue.
    ///
    /// @return how many were settled
    int expireHeld(int limit, Instant now);
}
