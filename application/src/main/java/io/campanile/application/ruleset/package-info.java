/// What operators do with rule sets.
@org.jspecify.annotations.NullMarked
package io.campanile.application.ruleset;
