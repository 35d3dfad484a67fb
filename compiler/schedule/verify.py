"""The verifier"""

from hypergraph.compiler.plan import Plan


def verify(plan: Plan) -> Plan:
    return plan
