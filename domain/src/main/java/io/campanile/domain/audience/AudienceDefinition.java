package io.campanile.domain.audience;

/// What authors say about an audience: its words, and who is in it.
///
/// @param rule empty where members are listed
public record AudienceDefinition(String displayName, String description, String rule) {}
