"""The record of territorial control. Data flows one way; a room imports only from rooms below it:

urls > admin | api | editing | reading | management > tasks > exchange
     > ledger | sources | gazetteer | replay > policy > models > chronology
"""
