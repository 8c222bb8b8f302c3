/// Facts brought to the rules about who may be written to.
@org.jspecify.annotations.NullMarked
package io.campanile.application.eligibility;
