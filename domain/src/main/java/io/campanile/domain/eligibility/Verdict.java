package io.campanile.domain.eligibility;

/// What one rule says about one recipient, whatever the others say.
public record Verdict(Rule rule, Decision decision) {}
