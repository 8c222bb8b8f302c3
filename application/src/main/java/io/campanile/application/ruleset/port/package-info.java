/// Where rule sets are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.ruleset.port;
