package io.campanile.domain.message;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Why a message stands where it stands.
public enum Reason {
    /// Waits for its `schedule_time`.
    SCHEDULED,
    /// The provider said it cannot now (4xx), or is too slow to have a connection free in time.
    PROVIDER_BUSY,
    /// The provider wants mail to this address later: greylisting, a full or busy mailbox (4.2.x,
    /// or a 450, to the recipient or to the mail, unless it is about the provider or about us).
    ADDRESS_BUSY,
    /// The provider asked to slow down (421, or a 4xx whose text says so).
    PROVIDER_THROTTLED,
    /// No connection, or it broke before the message was handed over.
    PROVIDER_UNREACHABLE,
    /// Signing in or securing the connection failed, or the provider refuses us and not the message
    /// (sender, relaying, quota): the channel configuration or the account needs attention.
    PROVIDER_MISCONFIGURED,
    /// The provider did not answer in time, or the connection broke after the hand-over.
    OUTCOME_UNKNOWN,
    /// The address does not exist (5.1.1, 5.1.6, 5.1.10, see [RefusalReasons]).
    ADDRESS_REFUSED,
    /// The provider refuses by policy (5.7.x).
    POLICY_REFUSED,
    /// The provider refuses this message for another reason.
    MESSAGE_REFUSED,
    /// The content could not be rendered for this recipient.
    RENDERING_FAILED,
    /// Nodes died each time they prepared it alone.
    CLAIMED_TOO_OFTEN,
    /// It could not be decided or marked, by a defect or for something that a node cannot read.
    DECISION_FAILED,
    /// The campaign was stopped.
    CAMPAIGN_STOPPED,
    /// The execution was cancelled.
    EXECUTION_CANCELLED,
    /// The person was erased.
    PROFILE_ERASED,
    /// Nobody is known by the identity, and the campaign writes to known people only; or the person
    /// was erased before the message was written.
    PROFILE_UNKNOWN,
    /// Neither the call nor the profile has an address.
    ADDRESS_MISSING,
    /// The attribute that should hold the address holds something else.
    ADDRESS_MALFORMED,
    /// The address is on the suppression list.
    ADDRESS_SUPPRESSED,
    /// The address's domain is on the suppression list.
    DOMAIN_SUPPRESSED,
    /// The person, or the address, refused such messages, or marketing lacks the person's consent.
    CONSENT_DENIED,
    /// The workspace sends to its allowed list only, and neither the address nor its domain stands
    /// on it.
    NOT_ON_ALLOWED_LIST,
    /// The person got as much marketing as a frequency cap allows.
    FREQUENCY_CAPPED,
    /// Another member of the audience is written to at the same address.
    DUPLICATE_RECIPIENT,
    /// It is quiet hours where the person lives.
    QUIET_HOURS;

    /// Why a message is put off that its provider was asked, or was about to be asked, to take; not
    /// when that is up to the address.
    public static final Set<Reason> OF_PROVIDERS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            PROVIDER_BUSY,
                            PROVIDER_THROTTLED,
                            PROVIDER_UNREACHABLE,
                            PROVIDER_MISCONFIGURED,
                            OUTCOME_UNKNOWN));

    /// Why a message is put off that was to be handed over: what somebody may have to look after.
    public static final Set<Reason> OF_TROUBLE = Collections.unmodifiableSet(ofTrouble());

    private static Set<Reason> ofTrouble() {
        var reasons = EnumSet.of(ADDRESS_BUSY, DECISION_FAILED);
        reasons.addAll(OF_PROVIDERS);
        return reasons;
    }
}
