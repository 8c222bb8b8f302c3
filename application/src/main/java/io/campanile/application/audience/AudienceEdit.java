package io.campanile.application.audience;

/// What of an audience can be edited, before and after an edit.
public record AudienceEdit(String displayName, String description) {}
