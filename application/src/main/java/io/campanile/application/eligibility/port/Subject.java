package io.campanile.application.eligibility.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

/// Somebody to be decided about.
public record Subject(WorkspaceId workspace, EmailAddress address) {}
