/// Rule sets: how often, and at which hours, people are written to for marketing.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.ruleset;
