/// The rules of audiences: the part of CEL that is compiled to SQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.rule;
