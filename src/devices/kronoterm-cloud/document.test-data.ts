/** The page of the original's document, its damaged degree sign repaired. */
export const DOCUMENT = `# HELP heat_pump_basic_info Heat pump information
# TYPE heat_pump_basic_info gauge
heat_pump_basic_info{hp_id="FFFFFF",location_name="MyHome",user_level="4"} 1.0
# HELP heat_pump_temperature_c Heat pump temperatures [°C]
# TYPE heat_pump_temperature_c gauge
heat_pump_temperature_c{heating_loop="system",name="room_temperature"} 22.1
heat_pump_temperature_c{heating_loop="system",name="outlet_temperature"} 38.5
heat_pump_temperature_c{heating_loop="system",name="outside_temperature"} 9.0
heat_pump_temperature_c{heating_loop="system",name="sanitary_water_temperature"} 54.3
heat_pump_temperature_c{heating_loop="loop_1",name="current_temp"} 35.6
heat_pump_temperature_c{heating_loop="loop_1",name="target_temp"} 50.0
heat_pump_temperature_c{heating_loop="loop_1",name="calc_target_temp"} 36.8
heat_pump_temperature_c{heating_loop="loop_2",name="target_temp"} 22.0
heat_pump_temperature_c{heating_loop="loop_2",name="calc_target_temp"} 22.0
heat_pump_temperature_c{heating_loop="loop_5",name="target_temp"} 55.0
heat_pump_temperature_c{heating_loop="loop_5",name="calc_target_temp"} 0.0
# HELP heat_pump_power_consumption_kwh Heat pump power consumption [kWh]
# TYPE heat_pump_power_consumption_kwh gauge
heat_pump_power_consumption_kwh{function="heating"} 6.556233333333337
heat_pump_power_consumption_kwh{function="cooling"} 0.0
heat_pump_power_consumption_kwh{function="tap_water"} 2.0836000000000006
heat_pump_power_consumption_kwh{function="pumps"} 0.40832638888888895
heat_pump_power_consumption_kwh{function="total"} 9.048159722222227
# HELP heat_pump_pressure_bar Heat pump system pressure [bar]
# TYPE heat_pump_pressure_bar gauge
heat_pump_pressure_bar 1.9
# HELP heat_pump_function Heat pump function
# TYPE heat_pump_function gauge
heat_pump_function{function="operating_mode",heating_loop="system"} 0.0
heat_pump_function{function="working_function",heating_loop="system"} 0.0
heat_pump_function{function="working_status",heating_loop="loop_1"} 1.0
heat_pump_function{function="working_mode",heating_loop="loop_1"} 2.0
heat_pump_function{function="working_status",heating_loop="loop_2"} 1.0
heat_pump_function{function="working_mode",heating_loop="loop_2"} 2.0
heat_pump_function{function="working_status",heating_loop="loop_5"} 0.0
heat_pump_function{function="working_mode",heating_loop="loop_5"} 0.0
`

/** The same plant in the unified dialect; lines without the label `device`. */
export const DOCUMENT_UNIFIED = [
  'hearth_temperature_celsius{circuit="house",point="outdoor_air"} 9',
  'hearth_temperature_celsius{circuit="primary",point="flow"} 38.5',
  'hearth_temperature_celsius{circuit="dhw1",point="dhw_storage"} 54.3',
  'hearth_temperature_celsius{circuit="hc1",point="flow"} 35.6',
  'hearth_temperature_celsius{circuit="hc2",point="room_air"} 22.1',
  'hearth_temperature_setpoint_celsius{circuit="hc1",point="flow",kind="selected"} 50',
  'hearth_temperature_setpoint_celsius{circuit="hc1",point="flow",kind="effective"} 36.8',
  'hearth_temperature_setpoint_celsius{circuit="hc2",point="room_air",kind="selected"} 22',
  'hearth_temperature_setpoint_celsius{circuit="hc2",point="room_air",kind="effective"} 22',
  'hearth_temperature_setpoint_celsius{circuit="dhw1",point="dhw_storage",kind="selected"} 55',
  'hearth_water_pressure_pascals{circuit="primary"} 190000',
  'hearth_electric_energy_joules_total{function="heating",component="unspecified",method="estimated"} 23602440',
  'hearth_electric_energy_joules_total{function="cooling",component="unspecified",method="estimated"} 0',
  'hearth_electric_energy_joules_total{function="dhw",component="unspecified",method="estimated"} 7500960',
  'hearth_electric_energy_joules_total{function="distribution",component="pumps",method="estimated"} 1469975',
  'hearth_electric_energy_joules_total{function="unspecified",component="auxiliary_heater",method="estimated"} 0',
  'hearth_activity{hearth_activity="heating"} 1',
  'hearth_operating_mode{hearth_operating_mode="auto"} 1',
  'hearth_circuit_level{circuit="hc1",hearth_circuit_level="normal"} 1',
  'hearth_circuit_level{circuit="hc2",hearth_circuit_level="normal"} 1',
  'hearth_circuit_level{circuit="dhw1",hearth_circuit_level="off"} 1',
  'hearth_circuit_mode{circuit="hc1",hearth_circuit_mode="auto"} 1',
  'hearth_circuit_mode{circuit="hc2",hearth_circuit_mode="auto"} 1',
  'hearth_circuit_mode{circuit="dhw1",hearth_circuit_mode="off"} 1',
  'hearth_disinfection_active{circuit="dhw1"} 0',
  'hearth_blocked{circuit="primary",reason="remote"} 0',
  'hearth_fault_active{} 0',
]
