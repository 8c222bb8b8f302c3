package io.campanile.testkit.trigger;

import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Builds triggers to store; valid from the start: one recipient, transactional, due at once, with
/// no owner, an hour to live. Ids are UUIDv7 in the order of their making.
public final class Triggers {
    private static final AtomicLong SERIAL = new AtomicLong();

    private final CampaignId campaign;
    private final Instant now;
    private String requestId = "request-" + SERIAL.incrementAndGet();
    private byte[] digest = new byte[32];
    private int recipients = 1;
    private int rejectedAt = -1;
    private Lane lane = Lane.TRANSACTIONAL;
    private Instant dueTime;
    private Instant expireTime;
    private boolean scheduled;
    private boolean kept;
    private String identity = "ada@example.com";
    private @Nullable Identity named;
    private @Nullable EmailAddress address;
    private boolean addressed = true;
    private byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
    private @Nullable SealedSecret sensitive;
    private Map<String, String> metadata = Map.of();
    private ChannelConfigurationId configuration = new ChannelConfigurationId(new UUID(0, 0));

    private WriteRate rate = WriteRate.UNLIMITED;
    private @Nullable Canary canary;
    private @Nullable NewBroadcast broadcast;

    private Triggers(CampaignId campaign, Instant now) {
        this.campaign = campaign;
        this.now = now;
        dueTime = now;
        expireTime = now.plus(Duration.ofHours(1));
    }

    /// A trigger of that campaign at that time.
    public static Triggers trigger(CampaignId campaign, Instant now) {
        return new Triggers(campaign, now);
    }

    /// A new UUIDv7 of that time, greater than all made before for the same time.
    public static UUID id(Instant time) {
        long serial = SERIAL.incrementAndGet();
        return new UUID(
                time.toEpochMilli() << 16 | 0x7000,
                Long.MIN_VALUE | (serial & (Long.MAX_VALUE >> 1)));
    }

    public Triggers through(ChannelConfigurationId newConfiguration) {
        configuration = newConfiguration;
        return this;
    }

    public Triggers requestId(String newRequestId) {
        requestId = newRequestId;
        return this;
    }

    public Triggers digest(byte[] newDigest) {
        digest = newDigest.clone();
        return this;
    }

    public Triggers recipients(int count) {
        recipients = count;
        return this;
    }

    /// One more recipient at that place, who is rejected.
    public Triggers rejectedAt(int index) {
        rejectedAt = index;
        return this;
    }

    public Triggers lane(Lane newLane) {
        lane = newLane;
        return this;
    }

    public Triggers dueTime(Instant time) {
        dueTime = time;
        return this;
    }

    public Triggers expireTime(Instant time) {
        expireTime = time;
        return this;
    }

    public Triggers scheduled(Instant time) {
        scheduled = true;
        return dueTime(time);
    }

    /// The accepting node keeps the messages under a claim, until the end of its lease.
    public Triggers kept(Instant leaseEndTime) {
        kept = true;
        return dueTime(leaseEndTime);
    }

    public Triggers identity(String value) {
        identity = value;
        return this;
    }

    /// For somebody under that identity, at that address.
    public Triggers of(Identity newIdentity, EmailAddress newAddress) {
        named = newIdentity;
        address = newAddress;
        return this;
    }

    /// For somebody under that identity, without an address of the call.
    public Triggers withoutAddress(Identity newIdentity) {
        named = newIdentity;
        addressed = false;
        return this;
    }

    public Triggers payload(byte[] encoded) {
        payload = encoded.clone();
        return this;
    }

    public Triggers sensitive(SealedSecret secret) {
        sensitive = secret;
        return this;
    }

    public Triggers metadata(Map<String, String> newMetadata) {
        metadata = newMetadata;
        return this;
    }

    /// For an audience, in place of recipients.
    public Triggers to(AudienceId audience, String identityNamespace) {
        recipients = 0;
        broadcast =
                new NewBroadcast(
                        audience,
                        "readers",
                        identityNamespace,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        now,
                        rate,
                        canary,
                        started());
        return this;
    }

    private AuditEntry started() {
        UUID entry = id(now);
        return new AuditEntry(
                entry,
                WorkspaceId.DEFAULT,
                now,
                Actor.SYSTEM,
                AuditAction.EXECUTION_STARTED,
                "workspaces/default/executions/" + entry,
                "audience readers");
    }

    /// Said before the audience is.
    public Triggers rate(double perSecond) {
        rate = new WriteRate(perSecond);
        return this;
    }

    /// Said before the audience is.
    public Triggers canary(Canary first) {
        canary = first;
        return this;
    }

    public NewExecution build() {
        var messages = new ArrayList<NewMessage>();
        var results = new ArrayList<RecipientResult>();
        int places = rejectedAt < 0 ? recipients : recipients + 1;
        for (int place = 0; place < places; place++) {
            if (place == rejectedAt) {
                results.add(
                        new RecipientResult.Rejected(
                                List.of(
                                        new FieldViolation(
                                                "address",
                                                ViolationReason.ADDRESS_MALFORMED,
                                                "is not an address"))));
            } else {
                NewMessage message = message(place);
                messages.add(message);
                results.add(new RecipientResult.Accepted(message.id()));
            }
        }
        return new NewExecution(
                new ExecutionId(id(now)),
                campaign,
                1,
                configuration,
                requestId,
                digest,
                now,
                scheduled ? dueTime : null,
                expireTime,
                metadata,
                results,
                messages,
                broadcast);
    }

    private NewMessage message(int place) {
        return new NewMessage(
                new MessageId(id(now)),
                place,
                named == null ? new Identity(Identity.EMAIL, identity) : named,
                addressed ? address() : null,
                payload,
                sensitive,
                lane,
                dueTime,
                expireTime,
                scheduled,
                kept);
    }

    private EmailAddress address() {
        return address == null
                ? EmailAddress.parse(identity).orElse(new EmailAddress("ada@example.com"))
                : address;
    }
}
