/// Rule sets: how often people are written to for marketing.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.ruleset;
