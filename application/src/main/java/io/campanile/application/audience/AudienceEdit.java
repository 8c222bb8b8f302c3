package io.campanile.application.audience;

/// What of an audience can be edited, before and after an edit.
///
/// @param rule empty where members are listed
public record AudienceEdit(String displayName, String description, String rule) {}
