package io.campanile.application.trigger;

/// One trigger of a campaign's audience, whose envelope is well-formed.
public record AudienceTriggerCommand(
        TriggerEnvelope envelope,
        BroadcastOptions options,
        boolean validateOnly,
        CallerPatience patience) {

    @Override
    public String toString() {
        return "AudienceTriggerCommand[" + envelope + ", " + options + "]";
    }
}
