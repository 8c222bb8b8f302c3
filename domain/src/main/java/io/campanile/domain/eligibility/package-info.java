/// Who may be written to: the rules, in their order. Nothing else decides.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.eligibility;
